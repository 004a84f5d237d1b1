using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>Turns settings into what the client library connects with.</summary>
internal static class ConnectionRecipe
{
    /// <summary>The factory of connections.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="name">What the broker's own tools show this process as.</param>
    /// <exception cref="BrokerException">A certificate cannot be read.</exception>
    public static ConnectionFactory Make(BrokerSettings settings, string name) => new()
    {
        HostName = settings.Address.Host,
        Port = settings.Address.Port,
        VirtualHost = settings.Address.VirtualHost,
        UserName = settings.Address.User,
        Password = settings.Address.Password ?? "",
        ClientProvidedName = name,
        RequestedHeartbeat = settings.Heartbeat,
        RequestedConnectionTimeout = settings.ConnectTimeout,
        HandshakeContinuationTimeout = settings.ConnectTimeout,
        ContinuationTimeout = settings.ConnectTimeout,

        // Ours: what is recovered by itself comes back with deliveries and consumers that nobody here knows of.
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,

        // A body that the library refuses closes the connection, and comes again with the next; the codec refuses it without that.
        MaxInboundMessageBodySize = uint.MaxValue,
        Ssl = settings.Address.Encrypted ? Encryption(settings) : new SslOption(),
    };

    private static SslOption Encryption(BrokerSettings settings)
    {
        var option = new SslOption(settings.Address.Host, enabled: true);
        if (settings.AuthorityFile is { } authorities)
        {
            var trusted = Read(authorities, "--broker-ca", () =>
            {
                var found = new X509Certificate2Collection();
                found.ImportFromPemFile(authorities);
                return found;
            });
            option.CertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors, trusted);
        }

        if (settings.CertificateFile is { } file)
        {
            option.Certs = [Read(file, "--broker-cert", () => X509Certificate2.CreateFromPemFile(file, settings.KeyFile))];
        }

        return option;
    }

    // The name must be right all the same; only who vouches for the certificate is another question.
    private static bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (certificate is not X509Certificate2 given || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(given);
    }

    private static T Read<T>(string file, string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new BrokerException($"{option} names {file}, which cannot be read as PEM: {exception.Message}", exception);
        }
    }
}
