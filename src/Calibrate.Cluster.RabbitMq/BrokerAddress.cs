using System.Globalization;

namespace Calibrate.Cluster.RabbitMq;

/// <summary>Where a broker is and as whom to connect. Its text never holds the password.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="VirtualHost">The broker's virtual host; <c>/</c> is its default one.</param>
/// <param name="User">The user.</param>
/// <param name="Encrypted">Whether the connection is TLS (<c>amqps</c>).</param>
public sealed record BrokerAddress(string Host, int Port, string VirtualHost, string User, bool Encrypted)
{
    private const int PlainPort = 5672;
    private const int EncryptedPort = 5671;
    private const string Expected = "amqp://user:password@host:5672/vhost (or amqps://...)";

    /// <summary>The password; null when none was given.</summary>
    internal string? Password { get; init; }

    /// <summary>Host and port, as in messages.</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>Reads a broker's URL: <c>amqp://user:password@host:port/vhost</c>, <c>amqps</c> for TLS.</summary>
    /// <param name="url">The URL. Without a user, RabbitMQ's <c>guest</c> is meant; without a path, the default virtual host.</param>
    /// <exception cref="BrokerException">Not such a URL. The message never repeats it, because there may be a password in it.</exception>
    public static BrokerAddress Parse(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw new BrokerException($"The broker's URL cannot be read; expected {Expected}. A password with special characters must be percent-encoded.");
        }

        if (uri.Scheme is not ("amqp" or "amqps"))
        {
            throw new BrokerException($"The broker's URL begins with {uri.Scheme}://; expected {Expected}.");
        }

        var path = uri.AbsolutePath.TrimStart('/');
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0 || path.Contains('/', StringComparison.Ordinal))
        {
            throw new BrokerException($"The broker's URL has more after the virtual host than is known; expected {Expected}. A '/' in the name of a virtual host is written %2F.");
        }

        var encrypted = uri.Scheme == "amqps";
        var credentials = uri.UserInfo.Split(':', 2);
        var user = Uri.UnescapeDataString(credentials[0]);
        return new BrokerAddress(
            uri.IdnHost,
            uri.Port > 0 ? uri.Port : encrypted ? EncryptedPort : PlainPort,
            path.Length == 0 ? "/" : Uri.UnescapeDataString(path),
            user.Length == 0 ? "guest" : user,
            encrypted)
        {
            Password = credentials.Length == 2 ? Uri.UnescapeDataString(credentials[1]) : user.Length == 0 ? "guest" : null,
        };
    }

    /// <summary>The address as a URL without its password.</summary>
    public override string ToString() =>
        $"{(Encrypted ? "amqps" : "amqp")}://{Uri.EscapeDataString(User)}@{Endpoint}/{(VirtualHost == "/" ? "" : Uri.EscapeDataString(VirtualHost))}";
}
