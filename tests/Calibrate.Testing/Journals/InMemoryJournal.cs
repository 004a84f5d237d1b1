using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Calibrate.Runtime.Journals;

namespace Calibrate.Testing.Journals;

/// <summary>
/// A journal in memory that keeps every promise of the port except to survive the process, and that loses connections
/// and acknowledgements on demand. Stores are shared by name between instances, as files are between processes.
/// </summary>
public sealed class InMemoryJournal : IJournal
{
    private readonly InMemoryStore store;

    /// <summary>A journal over an own, empty store.</summary>
    public InMemoryJournal()
        : this(new InMemoryStore())
    {
    }

    /// <summary>A journal over a store that others may use too.</summary>
    public InMemoryJournal(InMemoryStore store) => this.store = store;

    /// <inheritdoc/>
    public Task<IJournalWriter> AcquireAsync(RunId run, AcquireOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = run.Name; // a default RunId names no run and must not become one
        var journal = options.CreateIfMissing ? store.Runs.GetOrAdd(run, _ => new InMemoryRun(run)) : Find(run);
        return Task.FromResult<IJournalWriter>(new InMemoryJournalWriter(store, journal, journal.Acquire(options)));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        RunId run, long fromSequence = 1, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromSequence, 1);
        var journal = Find(run);
        await Task.CompletedTask;
        var before = fromSequence == 1 ? null : journal.At(fromSequence - 1);
        if (fromSequence > 1 && before is null)
        {
            yield break;
        }

        using var chain = new JournalChain(run, fromSequence - 1, before?.Seal ?? Seal.Genesis);
        while (journal.At(chain.LastSequence + 1) is { } row)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return chain.Accept(row.Sequence, row.Epoch, row.Kind, row.Payload.ToArray(), row.Seal);
        }
    }

    /// <inheritdoc/>
    public Task<JournalSnapshot?> ReadSnapshotAsync(RunId run, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Find(run).NewestSnapshot());
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunId>> ListAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<RunId>>([.. store.Runs.Keys.OrderBy(run => run.Name, StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public Task DeleteAsync(RunId run, CancellationToken cancellationToken = default)
    {
        Find(run).RefuseWhileOwned();
        store.Runs.TryRemove(run, out _);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<JournalVerification> VerifyAsync(RunId run, CancellationToken cancellationToken = default)
    {
        long events = 0, bytes = 0;
        var seal = Seal.Genesis;
        var problems = new List<string>();
        try
        {
            await foreach (var entry in ReadAsync(run, 1, cancellationToken))
            {
                events++;
                bytes += entry.Payload.Length;
                seal = entry.Seal;
            }
        }
        catch (JournalDamagedException exception)
        {
            problems.Add(exception.Message);
        }

        var snapshots = Find(run).CheckSnapshots();
        problems.AddRange(snapshots.Where(snapshot => !snapshot.Intact).Select(snapshot => $"The snapshot after event {snapshot.Sequence} is damaged."));
        return new JournalVerification(events, bytes, snapshots.Count(snapshot => snapshot.Intact), seal, problems);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private InMemoryRun Find(RunId run) =>
        store.Runs.TryGetValue(run, out var journal) ? journal : throw new JournalNotFoundException(run, "memory");
}

/// <summary>What an <see cref="InMemoryJournal"/> keeps, and how it is to fail.</summary>
public sealed class InMemoryStore
{
    /// <summary>The next append is stored, but its writer sees a lost connection.</summary>
    public bool LoseNextAcknowledgement { get; set; }

    /// <summary>The next append is not stored, and its writer sees a lost connection.</summary>
    public bool LoseNextAppend { get; set; }

    internal ConcurrentDictionary<RunId, InMemoryRun> Runs { get; } = new();
}
