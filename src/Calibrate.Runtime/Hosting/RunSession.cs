using Calibrate.Inference;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Hosting;

/// <summary>One process's tenure of a run: the actor around the coordinator, with one mailbox and one reader.</summary>
internal sealed class RunSession : IAsyncDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(200);

    // Ticks may come more often than their period, when the coordinator wants to be woken.
    private const double ProgressSeconds = 0.15;
    private const double ReportSeconds = 0.45;

    // Results of every slot may wait, and as many again while those are journaled.
    private const int PlacesPerSlot = 4;
    private const int FewestPlaces = 8;

    // Nothing waits longer than for the next regular tick.
    private const double LongestAlarmSeconds = 3600;

    private readonly TimeProvider clock;
    private readonly RunPlan plan;
    private readonly JournaledCoordinator coordinator;
    private readonly IEngine engine;
    private readonly ConvergenceJudge judge;
    private readonly ControlDesk desk;
    private readonly RunControls controls;
    private readonly StatusReporter reporter;
    private readonly CancellationTokenSource ending = new();
    private readonly double secondsBefore;
    private readonly long start;
    private readonly bool resumed;
    private readonly long epoch;
    private readonly Mailbox mailbox;
    private readonly ITimer alarm;
    private Task preparing = Task.CompletedTask;
    private int tickWaits;
    private bool interrupted;
    private bool begun;
    private int? slots;
    private double lastProgress = double.NegativeInfinity;
    private double lastReport = double.NegativeInfinity;

    public RunSession(
        IJournal journal, TimeProvider clock, RunPlan plan, IJournalWriter writer, RunState? state, IEngine engine, ControlDesk desk)
    {
        this.clock = clock;
        this.plan = plan;
        this.engine = engine;
        this.desk = desk;
        controls = new RunControls(plan.Request.Run, desk, clock);
        reporter = new StatusReporter(new SessionSnapshot(
            writer.Epoch, Environment.MachineName, Environment.ProcessId, engine.Name, "", clock.GetUtcNow(), RunPlan.Version));
        coordinator = new JournaledCoordinator(plan.Method, state, writer, VerdictRules.Of(plan.Request.Problem));
        judge = new ConvergenceJudge(journal, plan.Request.Run, plan.Request.Problem);
        mailbox = new Mailbox(Math.Max(FewestPlaces, PlacesPerSlot * RunPlan.SlotsOf(plan.Request)));
        alarm = clock.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        secondsBefore = state?.Seconds ?? 0;
        resumed = state is not null;
        epoch = writer.Epoch;
        start = clock.GetTimestamp();
    }

    private double Now => secondsBefore + clock.GetElapsedTime(start).TotalSeconds;

    /// <summary>Drives the run until it ends, pauses or is to be driven by another session.</summary>
    /// <param name="opening">What it begins with.</param>
    /// <param name="held">Whether the run was paused on request and is to stay so.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="stop">Stops cleanly.</param>
    /// <returns>How it ended; null when somebody asked a paused run to resume, which is for the next session to do.</returns>
    public async Task<RunResult?> RunAsync(IReadOnlyList<RunCommand> opening, bool held, IRunObserver? observer, CancellationToken stop)
    {
        var ticks = clock.CreateTimer(_ => Tick(), null, TickPeriod, TickPeriod);
        try
        {
            await StepAsync(opening);
            var progress = new ProgressMeter(coordinator.State, Now);
            if (coordinator.IsActive)
            {
                preparing = PrepareAsync(observer, stop);
            }
            else if (held)
            {
                controls.Hold();
            }

            desk.Attach(mailbox);
            await using var interruption = stop.Register(Interrupt);
            while (coordinator.IsActive || controls.Holds)
            {
                var commands = await mailbox.DrainAsync(CancellationToken.None);
                NoteEngine(commands);
                if (commands.Any(command => command is Tick))
                {
                    Volatile.Write(ref tickWaits, 0);
                }

                await StepAsync(commands.Any(command => command is ControlWaiting) ? [.. commands.Where(command => command is not ControlWaiting)] : commands);
                mailbox.Acknowledge();
                await ServeControlsAsync(progress);
                Report(progress, observer);
            }

            await ending.CancelAsync();
            await preparing; // the observer is told by one at a time
            observer?.OnProgress(progress.Measure(coordinator.State, Now, slots));
            await SaveLastSnapshotAsync();
            return Result();
        }
        catch (JournalException exception)
        {
            throw new RunJournalException(exception.Message, exception);
        }
        finally
        {
            desk.Detach();
            await ticks.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await alarm.DisposeAsync();
        mailbox.Close();
        await preparing;
        await engine.DisposeAsync();
        await judge.DisposeAsync();
        ending.Dispose();
        mailbox.Dispose();

        // A long session leaves a hundred megabytes of dead blocks on the large object heap, and what usually comes next is a summary
        // that needs the memory: give it back now, once.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    // Beside the mailbox's reader, so that a run whose model takes minutes can be asked and paused all the same: its first evaluation is then forgotten.
    private async Task PrepareAsync(IRunObserver? observer, CancellationToken stop)
    {
        var iteration = coordinator.State.CommonIteration;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, ending.Token);
        try
        {
            var work = new EngineWork(
                plan.Method, plan.Request.Problem.Likelihood, Probes(), mailbox, plan.Request.Problem, new SessionId(plan.Request.Run, epoch), coordinator.State.CanaryReference);
            var ready = await engine.PrepareAsync(work, over.Token).WaitAsync(over.Token);
            observer?.OnBegin(BeginningOf(ready, iteration));
            mailbox.PostUrgent(ready);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The session ends.
        }
        catch (Exception exception)
        {
            mailbox.Fault(exception);
        }
    }

    // What was decided before is journaled: a run that ended meanwhile is not told to do anything more.
    private async Task ServeControlsAsync(ProgressMeter progress)
    {
        if (!controls.HasWork)
        {
            return;
        }

        var asked = controls.Take(coordinator.State);
        if (asked.Count > 0)
        {
            await StepAsync(asked);
        }

        controls.Reply(coordinator.State, fresh => reporter.Make(
            coordinator,
            engine.Look(somebodyAsks: true),
            new StatusMoment(slots, progress.Measure(coordinator.State, Now, slots).Remaining?.TotalSeconds, judge.Latest, controls.Resumes),
            Now,
            fresh));
    }

    private async Task StepAsync(IReadOnlyList<RunCommand> commands)
    {
        foreach (var effect in await coordinator.StepAsync(commands, Now))
        {
            switch (effect)
            {
                case JudgeConvergence judgement:
                    judge.Begin(judgement.Iteration, mailbox, ending.Token);
                    break;
                case WakeAt wake:
                    alarm.Change(TimeSpan.FromSeconds(Math.Clamp(wake.Seconds - Now, 0, LongestAlarmSeconds)), Timeout.InfiniteTimeSpan);
                    break;
                default:
                    engine.Perform(effect);
                    break;
            }
        }
    }

    // What the engine says of its slots also tells how many answers may be waiting at the same time.
    private void NoteEngine(IReadOnlyList<RunCommand> commands)
    {
        foreach (var command in commands)
        {
            if (command is SlotsChanged changed)
            {
                slots = changed.Slots;
            }
            else if (command is EngineReady ready)
            {
                slots ??= ready.Slots;
                begun = true;
                reporter.Begin(BeginningOf(ready, coordinator.State.CommonIteration));
            }
        }

        mailbox.Widen((slots ?? 0) * PlacesPerSlot);
    }

    private RunBeginning BeginningOf(EngineReady ready, int iteration) => new(
        coordinator.State.Identity,
        resumed,
        iteration,
        coordinator.State.StopRule,
        ready.Slots,
        ready.Mode == ExecutionMode.Blocks ? "kernel" : ready.Mode == ExecutionMode.Dataflow ? "dataflow" : "barrier",
        ready.SecondsPerEvaluation);

    private void Report(ProgressMeter progress, IRunObserver? observer)
    {
        var now = Now;
        if (begun && now - lastProgress >= ProgressSeconds)
        {
            lastProgress = now;
            observer?.OnProgress(progress.Measure(coordinator.State, now, slots));
        }

        if (now - lastReport >= ReportSeconds && slots is not null)
        {
            lastReport = now;
            var fare = coordinator.Fare();
            reporter.Observe(fare, engine.Look(somebodyAsks: false), now);
            if (coordinator.IsActive)
            {
                engine.Report(fare);
            }
        }
    }

    // What the first ensemble needs next, from a copy that is thrown away: enough to measure the model with.
    // Of the first ensemble that has any: one that waits at the horizon for the others tells nothing.
    private List<EvaluationRequest> Probes()
    {
        List<EvaluationRequest> probes = [];
        foreach (var ensemble in coordinator.State.Ensembles)
        {
            plan.Method.Restore(ensemble.Index, ensemble.Save(plan.Method)).TakeReady(coordinator.State.Horizon, probes);
            if (probes.Count > 0)
            {
                break;
            }
        }

        return probes;
    }

    private void Tick()
    {
        if (Interlocked.Exchange(ref tickWaits, 1) == 0)
        {
            mailbox.PostUrgent(new Tick());
        }
    }

    private void Interrupt()
    {
        interrupted = true;
        controls.LetGo();
        mailbox.PostUrgent(new PauseRun(PauseReasons.Interrupted(plan.Request.Run)));
    }

    // The events are safe already: a snapshot that cannot be written costs the next resume some time and nothing else.
    private async Task SaveLastSnapshotAsync()
    {
        try
        {
            await coordinator.SaveSnapshotAsync();
        }
        catch (JournalWriteException) when (coordinator.State.Status != RunStatus.Running)
        {
            return;
        }
    }

    private RunResult? Result()
    {
        var state = coordinator.State;
        if (state.Status == RunStatus.Paused && controls.Resumes && !interrupted)
        {
            return null;
        }

        var outcome = state.Status switch
        {
            RunStatus.Completed => RunOutcome.Completed,
            RunStatus.Failed => RunOutcome.Failed,
            _ => interrupted ? RunOutcome.Interrupted : RunOutcome.Paused,
        };
        return new RunResult(outcome, state.ResultIteration, state.Reason, state.Completion);
    }
}
