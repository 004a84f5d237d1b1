using System.Runtime.CompilerServices;
using Calibrate.Runtime.Journals;
using Microsoft.Data.Sqlite;

namespace Calibrate.Journal.Sqlite;

/// <summary>
/// The embedded journal: one SQLite database per run, <c>RUNS/NAME/journal.db</c>, in write-ahead-log mode, on a local disk.
/// </summary>
/// <remarks>
/// Appends do their work on the calling thread. Do not open <c>journal.db</c> with anything else in a process that has
/// the journal open: POSIX file locks are per process, and closing any handle of the file drops SQLite's.
/// </remarks>
public sealed class SqliteJournal : IJournal
{
    private const int OwnerCharacters = 200;

    private readonly string runsDirectory;
    private readonly SqliteJournalOptions options;

    /// <summary>A journal of the runs in a directory.</summary>
    /// <param name="runsDirectory">Holds one directory per run; created with the first run.</param>
    public SqliteJournal(string runsDirectory)
        : this(runsDirectory, new SqliteJournalOptions())
    {
    }

    internal SqliteJournal(string runsDirectory, SqliteJournalOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(runsDirectory);
        this.runsDirectory = Path.GetFullPath(runsDirectory);
        this.options = options;
    }

    /// <inheritdoc/>
    public Task<IJournalWriter> AcquireAsync(RunId run, AcquireOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var owner = options.Owner.Length > OwnerCharacters ? options.Owner[..OwnerCharacters] : options.Owner;
        return Task.Run<IJournalWriter>(
            () => new SqliteAcquisition(Files(run), this.options).Run(owner, options.CreateIfMissing, options.Takeover), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEntry> ReadAsync(RunId run, long fromSequence = 1, CancellationToken cancellationToken = default) =>
        ReadAsync(run, fromSequence, PayloadMemory.Own, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEntry> ReadTransientAsync(
        RunId run, long fromSequence = 1, CancellationToken cancellationToken = default) =>
        ReadAsync(run, fromSequence, PayloadMemory.Lent, cancellationToken);

    private async IAsyncEnumerable<JournalEntry> ReadAsync(
        RunId run, long fromSequence, PayloadMemory memory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromSequence, 1);
        using var reader = await Task.Run(() => SqliteJournalReader.Open(Files(run), options), cancellationToken);
        reader.Memory = memory;

        // One batch ahead of the consumer: reading and checking overlap with what the consumer does.
        var next = Task.Run(() => reader.ReadBatch(fromSequence), CancellationToken.None);
        try
        {
            while (await next is { Count: > 0 } batch)
            {
                var after = batch[^1].Sequence + 1;
                next = Task.Run(() => reader.ReadBatch(after), CancellationToken.None);
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
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalPlace>> FindAsync(RunId run, int kind, long fromSequence = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromSequence, 1);
        return Task.Run<IReadOnlyList<JournalPlace>>(
            () =>
            {
                using var reader = SqliteJournalReader.Open(Files(run), options);
                return reader.Find(kind, fromSequence);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadSelectedAsync(
        RunId run, IReadOnlyList<long> sequences, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        using var reader = await Task.Run(() => SqliteJournalReader.Open(Files(run), options), cancellationToken);
        reader.Memory = PayloadMemory.Lent;
        foreach (var sequence in sequences)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1, nameof(sequences));
            cancellationToken.ThrowIfCancellationRequested();
            if (await Task.Run(() => reader.ReadOne(sequence), CancellationToken.None) is { } entry)
            {
                yield return entry;
                reader.Memory.TakeBack([entry]);
            }
        }
    }

    /// <inheritdoc/>
    public Task<JournalSnapshot?> ReadSnapshotAsync(RunId run, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            using var reader = SqliteJournalReader.Open(Files(run), options);
            return reader.ReadSnapshot();
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunId>> ListAsync(CancellationToken cancellationToken = default) => Task.Run<IReadOnlyList<RunId>>(
        () =>
        {
            var runs = new List<RunId>();
            if (Directory.Exists(runsDirectory))
            {
                foreach (var directory in Directory.EnumerateDirectories(runsDirectory))
                {
                    if (RunId.TryParse(Path.GetFileName(directory), out var run) && Files(run).Exist)
                    {
                        runs.Add(run);
                    }
                }
            }

            runs.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
            return runs;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(RunId run, CancellationToken cancellationToken = default) =>
        Task.Run(() => SqliteAcquisition.Delete(Files(run), options), cancellationToken);

    /// <inheritdoc/>
    public async Task<JournalVerification> VerifyAsync(RunId run, CancellationToken cancellationToken = default)
    {
        var problems = new List<string>();
        long events = 0, bytes = 0;
        var snapshots = 0;
        var lastSeal = Seal.Genesis;
        try
        {
            await foreach (var entry in ReadAsync(run, 1, cancellationToken))
            {
                events++;
                bytes += entry.Payload.Length;
                lastSeal = entry.Seal;
            }

            using var reader = SqliteJournalReader.Open(Files(run), options);
            problems.AddRange(await Task.Run(reader.CheckStructure, cancellationToken));
            foreach (var (sequence, intact) in reader.CheckSnapshots())
            {
                snapshots += intact ? 1 : 0;
                if (!intact)
                {
                    problems.Add($"The snapshot after event {sequence} is damaged; the events still hold everything.");
                }
            }
        }
        catch (Exception exception) when (exception is JournalDamagedException or JournalFormatException)
        {
            problems.Add(exception.Message);
        }

        return new JournalVerification(events, bytes, snapshots, lastSeal, problems);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private RunFiles Files(RunId run) => new(runsDirectory, run);
}
