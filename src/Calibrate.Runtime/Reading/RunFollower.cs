using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Reading;

/// <summary>
/// Keeps an eye on where a run stands: every look reads only what the journal got since the last one, and less where a newer snapshot says it
/// already. Not for two looks at once.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="run">The run.</param>
public sealed class RunFollower(IJournal journal, RunId run)
{
    private RunFold fold = new(method: null);
    private Seal? beginning;

    /// <summary>The run.</summary>
    public RunId Run => run;

    /// <summary>The last event that was read or that a snapshot stood for; 0 before the first.</summary>
    public long Position { get; private set; }

    /// <summary>
    /// Where the run stands; null while its journal is empty. The object is changed by the next look: what is kept of it must be copied.
    /// </summary>
    public RunState? State => fold.Folded;

    /// <summary>Looks at the journal.</summary>
    /// <param name="cancellationToken">Ends the look; the next one then begins from the beginning.</param>
    /// <returns>Whether the run is another one than at the last look: it was deleted, and made again under its name.</returns>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    /// <exception cref="RunException">The journal was written by a later version, or does not make sense.</exception>
    public async Task<bool> LookAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var replaced = await BeginsAnewAsync(cancellationToken);
            if (replaced)
            {
                Forget();
            }

            await CatchUpAsync(cancellationToken);
            return replaced;
        }
        catch
        {
            Forget();
            beginning = null;
            throw;
        }
    }

    private async Task<bool> BeginsAnewAsync(CancellationToken cancellationToken)
    {
        Seal? first = null;
        await foreach (var entry in journal.ReadSelectedAsync(run, [1], cancellationToken))
        {
            first = entry.Seal;
        }

        var anew = beginning is not null && first != beginning;
        beginning = first;
        return anew;
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (await journal.ReadSnapshotAsync(run, cancellationToken) is { } snapshot && snapshot.Sequence > Position)
        {
            fold = new RunFold(method: null, RunSnapshotCodec.Read(snapshot.Payload));
            Position = snapshot.Sequence;
        }

        await foreach (var entry in journal.ReadTransientAsync(run, Position + 1, cancellationToken))
        {
            try
            {
                fold.Evolve(RunEventCodec.DecodeForFold(entry.Kind, entry.Payload));
            }
            catch (InvalidDataException exception)
            {
                throw new RunException($"Event {entry.Sequence} of run '{run}' cannot be followed: {exception.Message}", exception);
            }

            Position = entry.Sequence;
        }
    }

    private void Forget() => (fold, Position) = (new RunFold(method: null), 0);
}
