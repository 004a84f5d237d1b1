using System.Runtime.CompilerServices;
using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>
/// The journal of a cluster: every run in one schema of a PostgreSQL database (15 or later), to be reached from any machine.
/// Connect directly or through a pooler in session mode: the owner of a run is told alive by its session.
/// </summary>
public sealed class PostgreSqlJournal : IJournal
{
    private const int OwnerCharacters = 200;

    private readonly PostgreSqlServer server;

    /// <summary>A journal of the runs in a database. Nothing is connected to before it is used.</summary>
    /// <param name="address">Where the database is.</param>
    /// <param name="clock">Times pauses and patience; leases are timed by the server's own clock.</param>
    public PostgreSqlJournal(PostgreSqlAddress address, TimeProvider clock)
        : this(address, clock, new PostgreSqlJournalOptions())
    {
    }

    internal PostgreSqlJournal(PostgreSqlAddress address, TimeProvider clock, PostgreSqlJournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(clock);
        server = new PostgreSqlServer(address, options, clock);
    }

    /// <inheritdoc/>
    public Task<IJournalWriter> AcquireAsync(RunId run, AcquireOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        _ = run.Name; // a default RunId names no run and must not become one
        var owner = options.Owner.Length > OwnerCharacters ? options.Owner[..OwnerCharacters] : options.Owner;
        return new PostgreSqlAcquisition(server, run).AcquireAsync(owner, options.CreateIfMissing, options.Takeover, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEntry> ReadAsync(RunId run, long fromSequence = 1, CancellationToken cancellationToken = default) =>
        ReadAsync(run, fromSequence, PayloadMemory.Own, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEntry> ReadTransientAsync(
        RunId run, long fromSequence = 1, CancellationToken cancellationToken = default) =>
        ReadAsync(run, fromSequence, PayloadMemory.Lent, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalPlace>> FindAsync(RunId run, int kind, long fromSequence = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromSequence, 1);
        return ReadAsync(run, (connection, row) => EventSelection.FindAsync(connection, row, kind, fromSequence, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadSelectedAsync(
        RunId run, IReadOnlyList<long> sequences, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var memory = PayloadMemory.Lent;
        foreach (var sequence in sequences)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1, nameof(sequences));
            var entry = await ReadAsync(
                run, (connection, row) => EventSelection.ReadOneAsync(connection, run, row, sequence, memory, cancellationToken), cancellationToken);
            if (entry is not null)
            {
                yield return entry;
                memory.TakeBack([entry]);
            }
        }
    }

    /// <inheritdoc/>
    public Task<JournalSnapshot?> ReadSnapshotAsync(RunId run, CancellationToken cancellationToken = default) => ReadAsync(
        run, (connection, row) => SnapshotRows.NewestAsync(connection, run, row.Id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunId>> ListAsync(CancellationToken cancellationToken = default) => server.ReadAsync<IReadOnlyList<RunId>>(
        async connection =>
        {
            var runs = new List<RunId>();
            if (await server.Schema.IsReadableAsync(connection, cancellationToken))
            {
                await using var command = connection.Command("SELECT name FROM runs ORDER BY name");
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    if (RunId.TryParse(reader.GetString(0), out var run))
                    {
                        runs.Add(run);
                    }
                }
            }

            return runs;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(RunId run, CancellationToken cancellationToken = default) =>
        new PostgreSqlAcquisition(server, run).DeleteAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<JournalVerification> VerifyAsync(RunId run, CancellationToken cancellationToken = default)
    {
        var problems = new List<string>();
        long events = 0, bytes = 0;
        var snapshots = 0;
        var lastSeal = Seal.Genesis;
        try
        {
            await foreach (var entry in ReadTransientAsync(run, 1, cancellationToken))
            {
                events++;
                bytes += entry.Payload.Length;
                lastSeal = entry.Seal;
            }

            var checks = await ReadAsync(
                run, (connection, row) => SnapshotRows.CheckAsync(connection, run, row.Id, cancellationToken), cancellationToken);
            snapshots = checks.Count(check => check.IsIntact);
            problems.AddRange(checks.Where(check => !check.IsIntact).Select(
                check => $"The snapshot after event {check.Sequence} is damaged; the events still hold everything."));
        }
        catch (Exception exception) when (exception is JournalDamagedException or JournalFormatException)
        {
            problems.Add(exception.Message);
        }

        return new JournalVerification(events, bytes, snapshots, lastSeal, problems);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async IAsyncEnumerable<JournalEntry> ReadAsync(
        RunId run, long fromSequence, PayloadMemory memory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromSequence, 1);
        using var cursor = new EventCursor(server.Address, run, fromSequence, memory);

        // One batch ahead of the consumer: reading and checking overlap with what the consumer does.
        var next = NextBatchAsync();
        try
        {
            while (await next is { Count: > 0 } batch)
            {
                next = NextBatchAsync();
                foreach (var entry in batch)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return entry;
                }

                memory.TakeBack(batch);
            }
        }
        finally
        {
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        Task<List<JournalEntry>> NextBatchAsync() => Task.Run(
            () => ReadAsync(run, (connection, head) => cursor.ReadBatchAsync(connection, head, cancellationToken), cancellationToken), cancellationToken);
    }

    /// <summary>Reads something of a run; again from the start when the connection breaks.</summary>
    private Task<T> ReadAsync<T>(RunId run, Func<NpgsqlConnection, RunRow, Task<T>> read, CancellationToken cancellationToken) => server.ReadAsync(
        async connection => await server.Schema.IsReadableAsync(connection, cancellationToken)
            && await RunRow.CheckAsync(connection, run, cancellationToken) is { } row
            ? await read(connection, row)
            : throw NotFound(run),
        cancellationToken);

    private JournalNotFoundException NotFound(RunId run) => new(run, server.Address.Text);
}
