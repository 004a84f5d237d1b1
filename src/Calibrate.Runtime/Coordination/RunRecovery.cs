using Calibrate.Inference;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Coordination;

/// <summary>Folds a run's journal: the newest snapshot and the events after it, or all events.</summary>
public static class RunRecovery
{
    /// <summary>Folds from the newest intact snapshot.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="method">The run's method, or null to learn only where the run stands.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The state, or null when the journal is empty.</returns>
    public static async Task<RunState?> FoldAsync(
        IJournal journal, RunId run, IMethod? method, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var snapshot = await journal.ReadSnapshotAsync(run, cancellationToken);
        var fold = snapshot is null ? new RunFold(method) : new RunFold(method, RunSnapshotCodec.Read(snapshot.Payload));
        return await FoldAsync(journal, run, fold, (snapshot?.Sequence ?? 0) + 1, cancellationToken);
    }

    /// <summary>Folds every event from the first.</summary>
    /// <inheritdoc cref="FoldAsync(IJournal, RunId, IMethod?, CancellationToken)"/>
    public static Task<RunState?> ReplayAsync(
        IJournal journal, RunId run, IMethod? method, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        return FoldAsync(journal, run, new RunFold(method), fromSequence: 1, cancellationToken);
    }

    private static async Task<RunState?> FoldAsync(
        IJournal journal, RunId run, RunFold fold, long fromSequence, CancellationToken cancellationToken)
    {
        await foreach (var entry in journal.ReadTransientAsync(run, fromSequence, cancellationToken))
        {
            try
            {
                fold.Evolve(RunEventCodec.DecodeForFold(entry.Kind, entry.Payload));
            }
            catch (InvalidDataException exception)
            {
                throw new RunException(
                    $"Event {entry.Sequence} of run '{run}' cannot be followed: {exception.Message} The journal is intact but this version of Calibrate cannot go on from it.",
                    exception);
            }
        }

        return fold.Folded;
    }
}
