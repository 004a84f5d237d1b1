using System.Text.Json;
using Calibrate.Dashboard.Api;
using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Dashboard.Projections;

/// <summary>
/// One run while somebody watches it: looks at the journal and asks the coordinator, and tells all watchers the same bytes. What it keeps is bounded, and gone
/// with the last watcher.
/// </summary>
internal sealed class RunWatch
{
    private static readonly TimeSpan StatusPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrawPeriod = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(3);

    private readonly IJournal journal;
    private readonly IRunControl? control;
    private readonly Func<RunId, CancellationToken, Task<Problem>> load;
    private readonly TimeProvider clock;
    private readonly RunFollower follower;
    private readonly RunPace pace = new();
    private readonly WatchSchedule looks;
    private readonly WatchSchedule draws;
    private Problem? problem;
    private DrawProjection? projection;
    private int drawnIteration = int.MinValue;
    private RunView view;
    private string problemTrouble = "";

    public RunWatch(DashboardSources sources, RunId run)
    {
        (journal, control, load, clock) = (sources.Journal, sources.Control, sources.LoadProblemAsync, sources.Clock);
        Run = run;
        follower = new RunFollower(journal, run);
        looks = new WatchSchedule(clock, StatusPeriod);
        draws = new WatchSchedule(clock, DrawPeriod);
        view = RunViews.Of(run, null, pace);
    }

    /// <summary>The run.</summary>
    public RunId Run { get; }

    /// <summary>What everybody who watches is told.</summary>
    public WatchBoard Board { get; } = new();

    /// <summary>Looks again and again, until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(StatusPeriod, clock);
        try
        {
            do
            {
                await LookAsync(stop);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Board.Clear();
        }
    }

    /// <summary>One look at everything that is due.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (looks.Begin())
            {
                await FollowAsync(cancellationToken);
                looks.End();
            }

            await AskAsync(cancellationToken);
            Board.Post(WatchTopic.Status, JsonSerializer.SerializeToUtf8Bytes(view, DashboardJson.Default.RunView));
            if (draws.Begin())
            {
                await DrawAsync(cancellationToken);
                draws.End();
            }
        }
        catch (Exception exception) when (exception is JournalException or RunException or InvalidDataException or IOException)
        {
            view = RunViews.Unreadable(Run, exception.Message);
            (problem, projection, drawnIteration) = (null, null, int.MinValue);
            Board.Post(WatchTopic.Status, JsonSerializer.SerializeToUtf8Bytes(view, DashboardJson.Default.RunView));
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (await follower.LookAsync(cancellationToken))
        {
            (problem, projection, drawnIteration) = (null, null, int.MinValue);
        }

        if (follower.State is { } state)
        {
            pace.Note(state);
        }

        view = RunViews.Of(Run, follower.State, pace);
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        if (control is null || follower.State is not { Status: RunStatus.Running or RunStatus.Paused } state)
        {
            return;
        }

        var reply = await SendStatusAsync(control, cancellationToken);
        view = view with
        {
            Live = reply.Status,
            Note = reply.Status is not null || (reply.Result == ControlResult.NotRunning && state.Status == RunStatus.Paused) ? "" : reply.Message,
        };
    }

    // A coordinator that is stopped, or out of reach, must not keep the page from showing what the journal says.
    private async Task<ControlReply> SendStatusAsync(IRunControl control, CancellationToken cancellationToken)
    {
        using var impatience = new CancellationTokenSource(AnswerPatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(impatience.Token, cancellationToken);
        try
        {
            return await control.SendAsync(Run, new ControlRequest.Status(), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ControlReply(ControlResult.Unreachable, "Whoever drives this run does not answer at the moment.");
        }
    }

    private async Task DrawAsync(CancellationToken cancellationToken)
    {
        if (follower.State is not { } state)
        {
            return;
        }

        try
        {
            problem ??= await load(Run, cancellationToken);
            projection ??= new DrawProjection(journal, Run, state.Identity, problem);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or JournalException))
        {
            TellTrouble(exception.Message);
            return;
        }

        var iteration = Math.Max(0, state.ResultIteration);
        if (await projection.LookAsync(cancellationToken) || iteration != drawnIteration)
        {
            drawnIteration = iteration;
            var drawn = DrawViews.Of(projection.Segments, projection.Names, problem, iteration, projection.WarmUpAt(iteration));
            Board.Post(WatchTopic.Draws, JsonSerializer.SerializeToUtf8Bytes(drawn, DashboardJson.Default.DrawView));
        }
    }

    // A problem whose data or model is not here: the run can be watched, its draws cannot be put into words.
    private void TellTrouble(string message)
    {
        if (message != problemTrouble)
        {
            problemTrouble = message;
            Board.Post(WatchTopic.Trouble, JsonSerializer.SerializeToUtf8Bytes(new TroubleView(message), DashboardJson.Default.TroubleView));
        }
    }
}

/// <summary>Why the draws of a run cannot be shown.</summary>
internal sealed record TroubleView(string Message);
