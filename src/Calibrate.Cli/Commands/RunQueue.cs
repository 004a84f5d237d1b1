using Calibrate.Cli.Output;
using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Commands;

/// <summary>
/// Drives queued runs, a few at a time. A run that another coordinator holds is asked for again and again: whoever dies loses its lock or lease,
/// and the next epoch goes on from the journal with the same chain.
/// </summary>
internal sealed class RunQueue(
    Func<IJournal> open,
    Func<IJournal, Action<string>, RunHost> hostOf,
    Func<Action<string>, IReadOnlyList<IControlEndpoint>> endpointsOf,
    TimeProvider clock,
    int concurrent,
    Action<string> log)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim places = new(concurrent);
    private readonly HashSet<RunId> taken = [];
    private readonly List<Task<int>> running = [];

    /// <summary>Drives the given runs, or without any the unfinished ones of the journal; with <paramref name="stay"/>, those that appear later too.</summary>
    /// <param name="requests">The runs, in order.</param>
    /// <param name="stay">Whether to wait for more.</param>
    /// <param name="tell">Takes one line per run that ended.</param>
    /// <param name="load">Finds the problem of a run of the journal.</param>
    /// <param name="cancellation">Asks for a clean stop.</param>
    /// <returns>The exit code: done if all are, else that of the worst run.</returns>
    public async Task<int> RunAsync(
        IReadOnlyList<RunRequest> requests, bool stay, Action<string> tell, Func<IJournal, RunId, Task<Problem>> load, CancellationToken cancellation)
    {
        foreach (var request in requests)
        {
            Begin(request, tell, cancellation);
        }

        if (requests.Count == 0 || stay)
        {
            do
            {
                await TakeUnfinishedAsync(tell, load, cancellation);
                if (stay)
                {
                    await Pause(LookAgain, cancellation);
                }
            }
            while (stay && !cancellation.IsCancellationRequested);
        }

        if (running.Count == 0)
        {
            log("There is no unfinished run in the journal.");
        }

        var codes = await Task.WhenAll(running);
        return cancellation.IsCancellationRequested ? ExitCode.Interrupted
            : codes.Contains(ExitCode.Failed) ? ExitCode.Failed
            : codes.Contains(ExitCode.Paused) ? ExitCode.Paused
            : ExitCode.Done;
    }

    private void Begin(RunRequest request, Action<string> tell, CancellationToken cancellation)
    {
        if (taken.Add(request.Run))
        {
            running.Add(Task.Run(() => DriveAsync(request, tell, cancellation), CancellationToken.None));
        }
    }

    private async Task TakeUnfinishedAsync(Action<string> tell, Func<IJournal, RunId, Task<Problem>> load, CancellationToken cancellation)
    {
        await using var journal = open();
        foreach (var listing in await RunListing.ReadAllAsync(journal, cancellation))
        {
            if (!IsUnfinished(listing) || taken.Contains(listing.Run))
            {
                continue;
            }

            try
            {
                var problem = await load(journal, listing.Run);
                Begin(new RunRequest(listing.Run, problem) { Opening = RunOpening.Resume }, tell, cancellation);
            }
            catch (Exception exception) when (Failures.ExitCodeOf(exception) is not null)
            {
                taken.Add(listing.Run);
                log($"Run '{listing.Run}' cannot be taken up here: {exception.Message}");
            }
        }
    }

    // A run that paused for a decision waits for one; a run whose coordinator was told to stop does not.
    private static bool IsUnfinished(RunListing listing) => listing.Identity is not null
        && (listing.Status == RunStatus.Running
            || (listing.Status == RunStatus.Paused && PauseReasons.IsInterruption(listing.Reason)));

    private async Task<int> DriveAsync(RunRequest request, Action<string> tell, CancellationToken cancellation)
    {
        var saidStandby = false;
        while (!cancellation.IsCancellationRequested)
        {
            await places.WaitAsync(CancellationToken.None);
            try
            {
                await using var journal = open();
                var observer = new QueuedProgress(request.Run, log, clock);
                void Note(string line) => log($"[{request.Run}] {line}");
                var result = await hostOf(journal, Note).RunAsync(
                    request with { Observer = observer, Control = endpointsOf(Note), StoodBy = saidStandby }, cancellation);
                return await TellAsync(journal, request, result, tell);
            }
            catch (JournalLockedException exception)
            {
                if (!saidStandby)
                {
                    saidStandby = true;
                    log($"[{request.Run}] Standing by: {exception.Message}");
                }
            }
            catch (RunJournalException exception) when (exception.InnerException is JournalFencedException)
            {
                saidStandby = true;
                log($"[{request.Run}] Another coordinator took the run over; standing by.");
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception) when (Failures.ExitCodeOf(exception) is not null)
            {
                log($"[{request.Run}] {exception.Message}");
                return ExitCode.Failed;
            }
            finally
            {
                places.Release();
            }

            await Pause(AskAgain, cancellation);
        }

        return ExitCode.Interrupted;
    }

    private async Task<int> TellAsync(IJournal journal, RunRequest request, RunResult result, Action<string> tell)
    {
        switch (result.Outcome)
        {
            case RunOutcome.Completed or RunOutcome.AlreadyCompleted:
                tell($"{request.Run}: done at iteration {result.Iteration}, chain hash {await RunHash.AtAsync(journal, request.Run, null, CancellationToken.None)}");
                return ExitCode.Done;
            case RunOutcome.Failed:
                tell($"{request.Run}: failed: {result.Reason}");
                return ExitCode.Failed;
            case RunOutcome.Interrupted:
                log($"[{request.Run}] Interrupted after iteration {Math.Max(0, result.Iteration)}; everything complete is in the journal.");
                return ExitCode.Interrupted;
            default:
                tell($"{request.Run}: paused after iteration {Math.Max(0, result.Iteration)}: {result.Reason}");
                return ExitCode.Paused;
        }
    }

    private async Task Pause(TimeSpan pause, CancellationToken cancellation) =>
        await Task.Delay(pause, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
