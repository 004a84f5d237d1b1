using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>
/// Where a PostgreSQL journal is: <c>postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?sslmode=...&amp;schema=...]</c>. Knows how to
/// say so without the password.
/// </summary>
public sealed class PostgreSqlAddress
{
    /// <summary>The schema of the tables unless the address names another one.</summary>
    public const string DefaultSchema = "calibrate";

    private const int DefaultPort = 5432;

    // Long enough for a distant server, short enough that a wrong host name is not a mystery.
    private const int ConnectSeconds = 10;

    private const string Form = "postgres://USER@HOST:PORT/DATABASE";

    private static readonly Regex SchemaName = new("^[a-z_][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private PostgreSqlAddress(NpgsqlConnectionStringBuilder connection, string schema, string text)
    {
        Connection = connection;
        Schema = schema;
        Text = text;
    }

    /// <summary>The address without its password: for messages, and for commands that the user is told to type.</summary>
    public string Text { get; }

    /// <summary>The schema that holds the tables.</summary>
    public string Schema { get; }

    internal NpgsqlConnectionStringBuilder Connection { get; }

    /// <summary>Whether a text starts like one of these addresses.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads an address.</summary>
    /// <param name="url">
    /// The address; reserved characters of user and password are percent-encoded. After the question mark: <c>sslmode</c> (disable, allow,
    /// prefer, require, verify-ca, verify-full), <c>sslrootcert</c>, <c>sslcert</c>, <c>sslkey</c> (files), <c>schema</c>,
    /// <c>connect_timeout</c> (seconds).
    /// </param>
    /// <param name="password">
    /// Used when the address has none. Without either, PGPASSWORD, PGPASSFILE and ~/.pgpass are looked at, as every PostgreSQL program does.
    /// </param>
    /// <exception cref="FormatException">It is none; the message says what is wrong and never repeats a password.</exception>
    public static PostgreSqlAddress Parse(string url, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!IsOne(url) || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw new FormatException(
                $"The journal's address cannot be read. Expected {Form}; write reserved characters of user and password percent-encoded (%40 for @).");
        }

        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : DefaultPort,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            Timeout = ConnectSeconds,
            ApplicationName = "calibrate",
        };
        if (connection.Database.Length == 0 || connection.Database.Contains('/', StringComparison.Ordinal))
        {
            throw new FormatException($"The journal's address names no database. Expected {Form}.");
        }

        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            connection.Username = Uri.UnescapeDataString(user[0]);
        }

        connection.Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : password;
        var schema = ReadQuery(uri.Query, connection);
        connection.SearchPath = schema;
        return new PostgreSqlAddress(connection, schema, WithoutPassword(uri));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string WithoutPassword(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2)[0];
        var port = uri.Port > 0 ? string.Create(CultureInfo.InvariantCulture, $":{uri.Port}") : "";
        return $"postgres://{(user.Length > 0 ? user + "@" : "")}{uri.Host}{port}{uri.AbsolutePath}{uri.Query}";
    }

    private static string ReadQuery(string query, NpgsqlConnectionStringBuilder connection)
    {
        var schema = DefaultSchema;
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            var value = pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "";
            switch (pair[0])
            {
                case "sslmode":
                    connection.SslMode = ReadSslMode(value);
                    break;
                case "sslrootcert":
                    connection.RootCertificate = value;
                    break;
                case "sslcert":
                    connection.SslCertificate = value;
                    break;
                case "sslkey":
                    connection.SslKey = value;
                    break;
                case "connect_timeout":
                    connection.Timeout = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 1024
                        ? seconds
                        : throw new FormatException($"connect_timeout in the journal's address must be whole seconds from 1 to 1024, found '{value}'.");
                    break;
                case "schema":
                    schema = SchemaName.IsMatch(value) && !value.StartsWith("pg_", StringComparison.Ordinal)
                        ? value
                        : throw new FormatException($"The schema in the journal's address must be lower-case letters, digits and _, found '{value}'.");
                    break;
                default:
                    // Only the name: a password that was misplaced here must not be repeated.
                    throw new FormatException(
                        $"The journal's address has the unknown setting '{pair[0]}'. Known are sslmode, sslrootcert, sslcert, sslkey, connect_timeout and schema.");
            }
        }

        return schema;
    }

    private static SslMode ReadSslMode(string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new FormatException(
            $"sslmode in the journal's address must be disable, allow, prefer, require, verify-ca or verify-full, found '{value}'."),
    };
}
