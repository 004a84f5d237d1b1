using Calibrate.Runtime.Journals;

namespace Calibrate.Dashboard.Projections;

/// <summary>
/// The runs that somebody watches. A run is looked at while there is at least one watcher and for a moment longer, so that a page that is loaded again
/// finds what it had.
/// </summary>
internal sealed class RunWatches : IAsyncDisposable
{
    /// <summary>Watchers of all runs together; each holds a connection.</summary>
    public const int MostWatchers = 32;

    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(20);

    private readonly DashboardSources sources;
    private readonly Lock gate = new();
    private readonly Dictionary<RunId, Watched> watched = [];
    private int watchers;

    public RunWatches(DashboardSources sources) => this.sources = sources;

    /// <summary>Runs that are looked at now.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return watched.Count;
            }
        }
    }

    /// <summary>Watchers now.</summary>
    public int Watchers
    {
        get
        {
            lock (gate)
            {
                return watchers;
            }
        }
    }

    /// <summary>Begins to watch a run, until what is returned is disposed of; null when there are too many watchers.</summary>
    public Watching? TryWatch(RunId run)
    {
        lock (gate)
        {
            if (watchers >= MostWatchers)
            {
                return null;
            }

            if (!watched.TryGetValue(run, out var found))
            {
                watched[run] = found = new Watched(new RunWatch(sources, run));
                found.Begin();
            }

            watchers++;
            found.Watchers++;
            found.Leaving?.Dispose();
            found.Leaving = null;
            return new Watching(found.Watch, () => Leave(run, found));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Watched[] all;
        lock (gate)
        {
            all = [.. watched.Values];
            watched.Clear();
        }

        foreach (var one in all)
        {
            await one.EndAsync();
        }
    }

    private void Leave(RunId run, Watched found)
    {
        lock (gate)
        {
            watchers--;
            if (--found.Watchers == 0)
            {
                found.Leaving?.Dispose();
                found.Leaving = sources.Clock.CreateTimer(_ => Forget(run, found), null, Lingering, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Forget(RunId run, Watched found)
    {
        lock (gate)
        {
            if (found.Watchers > 0 || !watched.TryGetValue(run, out var present) || present != found)
            {
                return;
            }

            watched.Remove(run);
        }

        _ = found.EndAsync();
    }

    private sealed class Watched(RunWatch watch)
    {
        private readonly CancellationTokenSource stop = new();
        private Task work = Task.CompletedTask;

        public RunWatch Watch => watch;

        public int Watchers { get; set; }

        public ITimer? Leaving { get; set; }

        public void Begin() => work = Task.Run(() => watch.RunAsync(stop.Token));

        public async Task EndAsync()
        {
            if (Leaving is { } timer)
            {
                await timer.DisposeAsync();
            }

            await stop.CancelAsync();
            await work;
            stop.Dispose();
        }
    }
}

/// <summary>Somebody's watching of a run.</summary>
/// <param name="watch">The run.</param>
/// <param name="leave">What is done at the end.</param>
internal sealed class Watching(RunWatch watch, Action leave) : IDisposable
{
    private int left;

    public WatchBoard Board => watch.Board;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref left, 1) == 0)
        {
            leave();
        }
    }
}
