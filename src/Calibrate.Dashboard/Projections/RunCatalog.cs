using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Dashboard.Projections;

/// <summary>
/// The runs of a journal, where they stand. Each is followed from where it was last seen, at most once in two seconds whoever asks, so that a list of a thousand
/// finished runs costs a thousand short queries and no more; who asks for one run waits for that one only.
/// </summary>
internal sealed class RunCatalog(IJournal journal, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<RunId, Entry> entries = [];

    /// <summary>All runs, in the order of their names.</summary>
    public async Task<IReadOnlyList<RunView>> ReadAsync(CancellationToken cancellationToken)
    {
        var runs = await journal.ListAsync(cancellationToken);
        List<RunView> views = [];
        foreach (var run in runs)
        {
            views.Add(await LookAsync(run, cancellationToken));
        }

        await ForgetAsync(runs, cancellationToken);
        return views;
    }

    /// <summary>One run; null when there is none of the name.</summary>
    public async Task<RunView?> FindAsync(RunId run, CancellationToken cancellationToken) =>
        await ExistsAsync(run, cancellationToken) ? await LookAsync(run, cancellationToken) : null;

    /// <summary>Whether there is a run of the name.</summary>
    public async Task<bool> ExistsAsync(RunId run, CancellationToken cancellationToken) =>
        (await journal.ListAsync(cancellationToken)).Contains(run);

    public void Dispose() => gate.Dispose();

    // One look at a time: a follower is not for two, and a hundred pages must not read a hundred times.
    private async Task<RunView> LookAsync(RunId run, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!entries.TryGetValue(run, out var entry))
            {
                entries[run] = entry = new Entry(new RunFollower(journal, run));
            }

            if (entry.View is null || clock.GetElapsedTime(entry.Looked) >= Fresh)
            {
                entry.View = await FollowAsync(run, entry, cancellationToken);
                entry.Looked = clock.GetTimestamp();
            }

            return entry.View;
        }
        finally
        {
            gate.Release();
        }
    }

    private static async Task<RunView> FollowAsync(RunId run, Entry entry, CancellationToken cancellationToken)
    {
        try
        {
            await entry.Follower.LookAsync(cancellationToken);
            if (entry.Follower.State is { } state)
            {
                entry.Pace.Note(state);
            }

            return RunViews.Of(run, entry.Follower.State, entry.Pace);
        }
        catch (Exception exception) when (exception is JournalException or RunException)
        {
            return RunViews.Unreadable(run, exception.Message);
        }
    }

    private async Task ForgetAsync(IReadOnlyList<RunId> present, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        foreach (var gone in entries.Keys.Except(present).ToArray())
        {
            entries.Remove(gone);
        }

        gate.Release();
    }

    private sealed class Entry(RunFollower follower)
    {
        public RunFollower Follower => follower;

        public RunPace Pace { get; } = new();

        public RunView? View { get; set; }

        public long Looked { get; set; }
    }
}
