using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Reading;

/// <summary>What a list of runs says of one of them, without its problem.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Identity">What the run is; null when its journal is empty or cannot be read.</param>
/// <param name="Status">Where it stands; null when it cannot be told.</param>
/// <param name="Reason">Why it paused or failed, or why the journal cannot be read; else empty.</param>
/// <param name="Iteration">Last iteration of the result so far; -1 when there is none.</param>
/// <param name="Iterations">Iterations at which it ends at the latest; 0 when that is not known.</param>
/// <param name="Seconds">Active time over all sessions.</param>
public sealed record RunListing(
    RunId Run, RunIdentity? Identity, RunStatus? Status, string Reason, int Iteration, int Iterations, double Seconds)
{
    /// <summary>Every run in the journal, in the order of their names. A run that cannot be read is listed with the reason.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<RunListing>> ReadAllAsync(IJournal journal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        List<RunListing> listings = [];
        foreach (var run in await journal.ListAsync(cancellationToken))
        {
            try
            {
                listings.Add(await ReadAsync(journal, run, cancellationToken));
            }
            catch (Exception exception) when (exception is JournalException or RunException)
            {
                listings.Add(new RunListing(run, null, null, exception.Message, -1, 0, 0));
            }
        }

        return listings;
    }

    /// <summary>One run.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalException">There is no such run, or it cannot be read.</exception>
    /// <exception cref="RunException">The journal was written by a later version.</exception>
    public static async Task<RunListing> ReadAsync(IJournal journal, RunId run, CancellationToken cancellationToken = default)
    {
        var state = await RunRecovery.FoldAsync(journal, run, method: null, cancellationToken);
        return state is null
            ? new RunListing(run, null, null, "created, but never started", -1, 0, 0)
            : new RunListing(
                run, state.Identity, state.Status, state.Reason, state.ResultIteration, state.StopRule.Iterations, state.Seconds);
    }
}
