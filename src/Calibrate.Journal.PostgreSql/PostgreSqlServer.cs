using System.Globalization;
using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>
/// The connections to one database. The first one must succeed at once, so that a wrong address is an error and not a wait; once the
/// server was reached, a connection that breaks is restored with patience.
/// </summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly NpgsqlDataSource pooled;
    private readonly NpgsqlDataSource dedicated;
    private volatile bool wasReached;

    public PostgreSqlServer(PostgreSqlAddress address, PostgreSqlJournalOptions options, TimeProvider clock)
    {
        Address = address;
        Options = options;
        Clock = clock;
        var settings = new NpgsqlConnectionStringBuilder(address.Connection.ConnectionString)
        {
            CommandTimeout = Seconds(options.StatementPatience),
            TcpKeepAlive = true,
            MaxAutoPrepare = 16,
            AutoPrepareMinUsages = 2,
            GssEncryptionMode = GssEncryptionMode.Disable,

            // A client that vanished must not keep its locks for longer than its lease; a bad estimate must not cost a compilation.
            Options = string.Create(
                CultureInfo.InvariantCulture,
                $"-c lock_timeout={Seconds(options.LockPatience)}s -c idle_in_transaction_session_timeout={Seconds(options.Lease)}s "
                + $"-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c jit=off"),
        };
        pooled = NpgsqlDataSource.Create(settings);

        // A run's owner is told alive by its session, so closing the connection must really end that.
        settings.Pooling = false;
        dedicated = NpgsqlDataSource.Create(settings);
        Schema = new PostgreSqlSchema(this);
    }

    public PostgreSqlAddress Address { get; }

    public PostgreSqlJournalOptions Options { get; }

    public TimeProvider Clock { get; }

    public PostgreSqlSchema Schema { get; }

    /// <summary>A connection that ends with its session when it is disposed of.</summary>
    public async Task<NpgsqlConnection> OpenDedicatedAsync(CancellationToken cancellationToken = default)
    {
        var connection = await dedicated.OpenConnectionAsync(cancellationToken);
        wasReached = true;
        return connection;
    }

    /// <summary>Does work that changes nothing on a connection, and does it again on another one when that breaks.</summary>
    /// <exception cref="JournalException">The database cannot be reached, or refuses.</exception>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var reconnection = new Reconnection(Options, Clock);
        while (true)
        {
            try
            {
                await using var connection = await pooled.OpenConnectionAsync(cancellationToken);
                wasReached = true;
                return await work(connection);
            }
            catch (Exception exception) when (PostgreSqlErrors.IsOurs(exception))
            {
                if (!wasReached || !PostgreSqlErrors.IsLostConnection(exception) || !await reconnection.WaitAsync(cancellationToken))
                {
                    throw PostgreSqlErrors.WhileConnecting(exception, Address);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await pooled.DisposeAsync();
        await dedicated.DisposeAsync();
    }

    private static int Seconds(TimeSpan span) => (int)Math.Ceiling(span.TotalSeconds);
}
