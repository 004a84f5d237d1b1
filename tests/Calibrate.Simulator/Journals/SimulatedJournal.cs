using System.Runtime.CompilerServices;
using Calibrate.Runtime.Journals;

namespace Calibrate.Simulator.Journals;

/// <summary>
/// A journal on a <see cref="SimulatedDisk"/>: the real seals in a log of records, one file per run. What a power cut tore off an unacknowledged
/// tail is dropped when the run is next opened; any other damage is refused, as every provider must.
/// </summary>
/// <param name="disks">The files; shared by all who open the journal, as a disk is by processes.</param>
public sealed class SimulatedJournal(SimulatedFiles disks) : IJournal
{
    /// <summary>Whether readers do not see the last event: a planted mistake that the simulator must notice.</summary>
    public bool OverlooksLastEvent { get; init; }

    /// <inheritdoc/>
    public Task<IJournalWriter> AcquireAsync(RunId run, AcquireOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        var file = options.CreateIfMissing ? disks.GetOrAdd(run) : Find(run);
        if (file.IsOwned && !options.Takeover)
        {
            throw new JournalLockedException(run, file.Owner);
        }

        var (sequence, seal) = file.Recover();
        file.Begin(options.Owner, sequence);
        return Task.FromResult<IJournalWriter>(new SimulatedJournalWriter(file, disks, file.Epoch, sequence, seal));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        RunId run, long fromSequence = 1, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromSequence, 1);
        var file = Find(run);
        await Task.CompletedTask;
        using var chain = new JournalChain(run);
        var bytes = file.Disk.Read();
        for (var at = 0; at < bytes.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var size = JournalRecord.Read(bytes.AsMemory(at), out var record);
            if (size == 0)
            {
                yield break; // an append of another process that is under way
            }

            var entry = chain.Accept(record.Sequence, record.Epoch, record.Kind, record.Payload, record.Seal);
            at += size;
            if (OverlooksLastEvent && at == bytes.Length)
            {
                yield break;
            }

            if (entry.Sequence >= fromSequence)
            {
                yield return entry;
            }

            if (at == bytes.Length && file.Disk.Length > bytes.Length)
            {
                bytes = file.Disk.Read();
            }
        }
    }

    /// <inheritdoc/>
    public Task<JournalSnapshot?> ReadSnapshotAsync(RunId run, CancellationToken cancellationToken = default) =>
        Task.FromResult(Find(run).NewestSnapshot());

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunId>> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult(disks.Runs);

    /// <inheritdoc/>
    public Task DeleteAsync(RunId run, CancellationToken cancellationToken = default)
    {
        var file = Find(run);
        if (file.IsOwned)
        {
            throw new JournalLockedException(run, file.Owner);
        }

        disks.Remove(run);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<JournalVerification> VerifyAsync(RunId run, CancellationToken cancellationToken = default)
    {
        long events = 0, bytes = 0;
        var seal = Seal.Genesis;
        List<string> problems = [];
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

        return new JournalVerification(events, bytes, Find(run).Snapshots, seal, problems);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SimulatedFile Find(RunId run) => disks.Find(run) ?? throw new JournalNotFoundException(run, "the simulated disk");
}
