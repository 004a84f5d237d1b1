namespace Calibrate.Cluster.RabbitMq;

/// <summary>
/// Finds the broker and the password for it: the URL that was given, else the environment variable <c>CALIBRATE_BROKER</c>. A URL without a password
/// gets the one of <c>CALIBRATE_BROKER</c> when that names the same broker and user, else the first line of the file that
/// <c>CALIBRATE_BROKER_PASSWORD_FILE</c> names. So no password need stand on a command line, where every user of the machine can read it.
/// </summary>
public static class BrokerCredentials
{
    /// <summary>The environment variable with the broker's URL.</summary>
    public const string UrlVariable = "CALIBRATE_BROKER";

    /// <summary>The environment variable that names the file with the password.</summary>
    public const string PasswordFileVariable = "CALIBRATE_BROKER_PASSWORD_FILE";

    /// <summary>Finds the broker.</summary>
    /// <param name="url">What the user gave; null for nothing.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="BrokerException">There is none, or no password for it; the message says what to set.</exception>
    public static BrokerAddress Find(string? url, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var variable = environment(UrlVariable) is { Length: > 0 } set ? set : null;
        var address = BrokerAddress.Parse(url ?? variable ?? throw new BrokerException(
            $"Which broker? Give --broker amqp://user@host:5672/ or set {UrlVariable}."));
        if (address.Password is not null)
        {
            return address;
        }

        if (url is not null && variable is not null && BrokerAddress.Parse(variable) is { Password: not null } known && known with { Password = null } == address)
        {
            return known;
        }

        return address with
        {
            Password = environment(PasswordFileVariable) is { Length: > 0 } file ? ReadFirstLine(file) : throw new BrokerException(
                $"No password for {address}: set {PasswordFileVariable} to a file that holds it, or {UrlVariable} to the URL with it."),
        };
    }

    private static string ReadFirstLine(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            return reader.ReadLine() is { Length: > 0 } password
                ? password
                : throw new BrokerException($"{PasswordFileVariable} names {file}, whose first line is empty; expected the password.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BrokerException($"{PasswordFileVariable} names {file}, which cannot be read: {exception.Message}", exception);
        }
    }
}
