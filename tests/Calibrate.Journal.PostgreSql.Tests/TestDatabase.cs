using System.Security.Cryptography;
using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql.Tests;

/// <summary>
/// A schema of its own on the server that CALIBRATE_TEST_JOURNAL names (scripts/test.sh starts one); it goes with the test. Without a
/// server the test is skipped and says so.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable, IDisposable
{
    public const string Variable = "CALIBRATE_TEST_JOURNAL";

    public static readonly RunId Run = RunId.Parse("test");

    public static readonly AcquireOptions Owner = new() { Owner = "the test", CreateIfMissing = true };

    private readonly string schema = "test_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private bool isUsed;

    /// <summary>The server's address, with its password.</summary>
    public static string ServerUrl => Environment.GetEnvironmentVariable(Variable) ?? "";

    /// <summary>The address of this test's schema.</summary>
    public PostgreSqlAddress Address
    {
        get
        {
            Skip.If(ServerUrl.Length == 0, $"{Variable} names no PostgreSQL server; scripts/test.sh starts one");
            isUsed = true;
            return Named(PostgreSqlAddress.Parse($"{ServerUrl}?schema={schema}"));
        }
    }

    /// <summary>The same schema through another port of this machine, such as a proxy's.</summary>
    public PostgreSqlAddress AddressAt(int port)
    {
        Skip.If(ServerUrl.Length == 0, $"{Variable} names no PostgreSQL server; scripts/test.sh starts one");
        return Named(PostgreSqlAddress.Parse(new UriBuilder(ServerUrl) { Host = "127.0.0.1", Port = port, Query = $"schema={schema}" }.Uri.OriginalString));
    }

    public PostgreSqlJournal Open(PostgreSqlJournalOptions? options = null) => new(Address, TimeProvider.System, options ?? new PostgreSqlJournalOptions());

    public PostgreSqlServer Server(PostgreSqlJournalOptions? options = null) => new(Address, options ?? new PostgreSqlJournalOptions(), TimeProvider.System);

    /// <summary>A plain connection to the schema, past the provider.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Address.Connection.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await connection.ExecuteAsync(sql, []);
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        return await connection.ScalarAsync<T>(sql, []);
    }

    /// <summary>Events from the provider's reader.</summary>
    public async Task<List<JournalEntry>> ReadAsync()
    {
        await using var journal = Open();
        var entries = new List<JournalEntry>();
        await foreach (var entry in journal.ReadAsync(Run))
        {
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Cuts every connection of the provider to this schema, as a network would.</summary>
    public Task CutSessionsAsync() => ExecuteAsync(
        $"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = '{schema}' AND pid <> pg_backend_pid()");

    /// <summary>Asks the server until a query says true; the server does the waiting in between.</summary>
    public async Task UntilAsync(string query)
    {
        await using var connection = await ConnectAsync();
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            if (await connection.ScalarAsync<bool>(query, []))
            {
                return;
            }

            await connection.ExecuteAsync("SELECT pg_sleep(0.02)", []);
        }

        Assert.Fail($"never true: {query}");
    }

    public async ValueTask DisposeAsync()
    {
        if (isUsed)
        {
            await ExecuteAsync($"DROP SCHEMA IF EXISTS {schema} CASCADE");
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private PostgreSqlAddress Named(PostgreSqlAddress address)
    {
        address.Connection.ApplicationName = schema;
        return address;
    }
}
