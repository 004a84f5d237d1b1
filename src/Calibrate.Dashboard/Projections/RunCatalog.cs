using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Dashboard.Projections;

/// <summary>
/// Every run of a journal, where it stands. Each is followed from where it was last seen, at most once in two seconds whoever asks, so that a list of a thousand
/// finished runs costs a thousand short queries and no more.
/// </summary>
internal sealed class RunCatalog(IJournal journal, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<RunId, (RunFollower Follower, RunPace Pace)> followed = [];
    private IReadOnlyList<RunView> views = [];
    private long? looked;

    /// <summary>All runs, in the order of their names.</summary>
    public async Task<IReadOnlyList<RunView>> ReadAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (looked is not { } at || clock.GetElapsedTime(at) >= Fresh)
            {
                views = await LookAsync(cancellationToken);
                looked = clock.GetTimestamp();
            }

            return views;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>One run; null when there is none of the name.</summary>
    public async Task<RunView?> FindAsync(RunId run, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).FirstOrDefault(view => view.Run == run.Name);

    public void Dispose() => gate.Dispose();

    private async Task<IReadOnlyList<RunView>> LookAsync(CancellationToken cancellationToken)
    {
        var runs = await journal.ListAsync(cancellationToken);
        foreach (var gone in followed.Keys.Except(runs).ToArray())
        {
            followed.Remove(gone);
        }

        List<RunView> all = [];
        foreach (var run in runs)
        {
            var (follower, pace) = followed.TryGetValue(run, out var known) ? known : followed[run] = (new RunFollower(journal, run), new RunPace());
            try
            {
                await follower.LookAsync(cancellationToken);
                if (follower.State is { } state)
                {
                    pace.Note(state);
                }

                all.Add(RunViews.Of(run, follower.State, pace));
            }
            catch (Exception exception) when (exception is JournalException or RunException)
            {
                all.Add(RunViews.Unreadable(run, exception.Message));
            }
        }

        return all;
    }
}
