using System.Globalization;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Hosting;

/// <summary>
/// What requests mean for the session that drives a run: they become commands to the coordinator like any other, and are answered once what was decided is in
/// the journal. A run that was paused on request is held: its session stays, evaluates nothing, and ends when it is told to.
/// </summary>
internal sealed class RunControls
{
    // A pause is answered when the run stands still, which takes as long as what is under way; but nobody waits for ever.
    private static readonly TimeSpan PausePatience = TimeSpan.FromSeconds(3);

    private readonly RunId run;
    private readonly ControlDesk desk;
    private readonly TimeProvider clock;
    private readonly List<ControlOrder> open = [];
    private volatile bool holds;
    private bool isStopping;
    private bool stopsOncePaused;

    public RunControls(RunId run, ControlDesk desk, TimeProvider clock)
    {
        this.run = run;
        this.desk = desk;
        this.clock = clock;
    }

    /// <summary>Whether the run is to be resumed: the session ends and another one goes on.</summary>
    public bool Resumes { get; private set; }

    /// <summary>Whether the session stays although the run is paused.</summary>
    public bool Holds => holds && !Resumes && (!isStopping || stopsOncePaused);

    /// <summary>Whether there is anything to take or to answer.</summary>
    public bool HasWork => open.Count > 0 || stopsOncePaused || desk.HasWaiting;

    /// <summary>The run was found paused on request, and is to stay so.</summary>
    public void Hold() => holds = true;

    /// <summary>The process is told to end: nothing is held any more. For any thread.</summary>
    public void LetGo() => holds = false;

    /// <summary>Turns the requests that wait into commands.</summary>
    /// <param name="state">The run's state before them.</param>
    public IReadOnlyList<RunCommand> Take(RunState state)
    {
        List<RunCommand> commands = [];
        if (stopsOncePaused && state.Status != RunStatus.Running)
        {
            stopsOncePaused = false;
            commands.Add(new GiveOtherReason(PauseReasons.Stopped(run)));
        }

        foreach (var order in desk.Take())
        {
            if (Decide(order.Request, state, commands) is { } refusal)
            {
                order.Reply(new ControlReply(ControlResult.Refused, refusal));
            }
            else
            {
                open.Add(order);
            }
        }

        return commands;
    }

    /// <summary>Answers what can be answered now.</summary>
    /// <param name="state">The run's state, all of it journaled.</param>
    /// <param name="snapshot">Makes the snapshot that goes with an answer, given whether it must be fresh.</param>
    public void Reply(RunState state, Func<bool, RunStatusSnapshot> snapshot)
    {
        for (var i = 0; i < open.Count;)
        {
            var order = open[i];
            if (AnswerTo(order, state) is { } answer)
            {
                order.Reply(answer with { Status = snapshot(order.Request is not ControlRequest.Status) });
                open.RemoveAt(i);
            }
            else
            {
                i++;
            }
        }
    }

    private string? Decide(ControlRequest request, RunState state, List<RunCommand> commands)
    {
        switch (request)
        {
            case ControlRequest.Status:
                return null;
            case ControlRequest.Pause or ControlRequest.Resume when isStopping:
                return $"Run '{run}' is stopping. Go on with it later: calibrate resume {run}.";
            case ControlRequest.Pause:
                Pause(state, commands);
                return null;
            case ControlRequest.Resume:
                Resumes |= holds;
                return null;
            case ControlRequest.Extend extend:
                return Extend(extend.Iterations, state, commands);
            case ControlRequest.Stop:
                Stop(state, commands);
                return null;
            default:
                throw new ArgumentException($"A session does not know the request {request.GetType().Name}.", nameof(request));
        }
    }

    private void Pause(RunState state, List<RunCommand> commands)
    {
        Resumes = false; // whoever asked last is right
        if (state.Status == RunStatus.Running && !holds)
        {
            holds = true;
            commands.Add(new PauseRun(PauseReasons.OnRequest(run)));
        }
    }

    private void Stop(RunState state, List<RunCommand> commands)
    {
        if (isStopping)
        {
            return;
        }

        isStopping = true;
        var reason = PauseReasons.Stopped(run);
        if (state.Status == RunStatus.Running && holds)
        {
            stopsOncePaused = true; // the coordinator keeps the first reason that it was given
        }
        else
        {
            commands.Add(state.Status == RunStatus.Paused ? new GiveOtherReason(reason) : new PauseRun(reason));
        }
    }

    private string? Extend(int iterations, RunState state, List<RunCommand> commands)
    {
        if (state.Status is RunStatus.Completed or RunStatus.Failed)
        {
            return $"Run '{run}' ended meanwhile. Extend it and go on with: calibrate resume {run} --iterations {Invariant(iterations)}.";
        }

        if (isStopping)
        {
            return $"Run '{run}' is stopping. Extend it when it goes on: calibrate resume {run} --iterations {Invariant(iterations)}.";
        }

        if (iterations <= state.StopRule.Iterations)
        {
            return $"Run '{run}' goes to iteration {Invariant(state.StopRule.Iterations)} already: ask for more than that in total.";
        }

        commands.Add(new ExtendRun(state.StopRule with { Iterations = iterations }));
        return null;
    }

    private ControlReply? AnswerTo(ControlOrder order, RunState state)
    {
        var at = Invariant(Math.Max(0, state.ResultIteration));
        return order.Request switch
        {
            ControlRequest.Status => Done(""),
            ControlRequest.Extend extend => Done($"Run '{run}' now goes to iteration {Invariant(extend.Iterations)}."),
            _ when state.Status is RunStatus.Completed or RunStatus.Failed => new ControlReply(
                ControlResult.Refused, $"Run '{run}' ended meanwhile, at iteration {at}."),
            ControlRequest.Pause when state.Status == RunStatus.Paused => Done($"Run '{run}' is paused after iteration {at}."),
            ControlRequest.Stop when state.Status == RunStatus.Paused && !stopsOncePaused && !PauseReasons.IsOnRequest(state.Reason) => Done($"Run '{run}' stopped after iteration {at}. Go on with: calibrate resume {run}"),
            ControlRequest.Pause when Waited(order) => Done($"Run '{run}' pauses as soon as what is under way allows it."),
            ControlRequest.Stop when Waited(order) => Done($"Run '{run}' stops as soon as what is under way allows it."),
            ControlRequest.Pause or ControlRequest.Stop => null,
            ControlRequest.Resume when Resumes => Done($"Run '{run}' goes on after iteration {at}."),
            ControlRequest.Resume when state.Status == RunStatus.Paused => new ControlReply(
                ControlResult.Refused, $"Run '{run}' is ending: {state.Reason}. Go on with: calibrate resume {run}"),
            _ => Done($"Run '{run}' is not paused: it is at iteration {at}."),
        };
    }

    private bool Waited(ControlOrder order) => clock.GetElapsedTime(order.Since) >= PausePatience;

    private static ControlReply Done(string message) => new(ControlResult.Done, message);

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
