using Calibrate.Inference;
using Calibrate.Runtime.Cluster;
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
    private readonly CancellationTokenSource ending = new();
    private readonly double secondsBefore;
    private readonly long start;
    private readonly bool resumed;
    private readonly long epoch;
    private readonly Mailbox mailbox;
    private readonly ITimer alarm;
    private int tickWaits;
    private bool interrupted;
    private int? slots;
    private double lastProgress = double.NegativeInfinity;
    private double lastReport = double.NegativeInfinity;

    public RunSession(
        IJournal journal, TimeProvider clock, RunPlan plan, IJournalWriter writer, RunState? state, IEngine engine)
    {
        this.clock = clock;
        this.plan = plan;
        this.engine = engine;
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

    public async Task<RunResult> RunAsync(IReadOnlyList<RunCommand> opening, IRunObserver? observer, CancellationToken stop)
    {
        var ticks = clock.CreateTimer(_ => Tick(), null, TickPeriod, TickPeriod);
        try
        {
            await StepAsync(opening);
            var progress = new ProgressMeter(coordinator.State, Now);
            if (coordinator.IsActive)
            {
                await PrepareAsync(observer, stop);
            }

            await using var interruption = stop.Register(Interrupt);
            while (coordinator.IsActive)
            {
                var commands = await mailbox.DrainAsync(CancellationToken.None);
                NoteSlots(commands);
                if (commands.Any(command => command is Tick))
                {
                    Volatile.Write(ref tickWaits, 0);
                }

                await StepAsync(commands);
                mailbox.Acknowledge();
                Report(progress, observer);
            }

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
            await ticks.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await alarm.DisposeAsync();
        mailbox.Close();
        await engine.DisposeAsync();
        await judge.DisposeAsync();
        ending.Dispose();
        mailbox.Dispose();

        // A long session leaves a hundred megabytes of dead blocks on the large object heap, and what usually comes next is a summary
        // that needs the memory: give it back now, once.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private async Task PrepareAsync(IRunObserver? observer, CancellationToken stop)
    {
        var work = new EngineWork(
            plan.Method, plan.Request.Problem.Likelihood, Probes(), mailbox, plan.Request.Problem, new SessionId(plan.Request.Run, epoch), coordinator.State.CanaryReference);
        EngineReady ready;
        try
        {
            // A model that takes minutes is not waited for: the session ends, its first evaluation is forgotten.
            ready = await engine.PrepareAsync(work, stop).WaitAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }

        observer?.OnBegin(new RunBeginning(
            coordinator.State.Identity,
            resumed,
            coordinator.State.CommonIteration,
            coordinator.State.StopRule,
            ready.Slots,
            ready.Mode == ExecutionMode.Blocks ? "kernel" : ready.Mode == ExecutionMode.Dataflow ? "dataflow" : "barrier",
            ready.SecondsPerEvaluation));
        mailbox.PostUrgent(ready);
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
    private void NoteSlots(IReadOnlyList<RunCommand> commands)
    {
        foreach (var command in commands)
        {
            slots = command switch
            {
                SlotsChanged changed => changed.Slots,
                EngineReady ready => slots ?? ready.Slots,
                _ => slots,
            };
        }

        mailbox.Widen((slots ?? 0) * PlacesPerSlot);
    }

    private void Report(ProgressMeter progress, IRunObserver? observer)
    {
        var now = Now;
        if (now - lastProgress >= ProgressSeconds)
        {
            lastProgress = now;
            observer?.OnProgress(progress.Measure(coordinator.State, now, slots));
        }

        if (now - lastReport >= ReportSeconds && coordinator.IsActive && slots is not null)
        {
            lastReport = now;
            engine.Report(coordinator.Fare());
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
        mailbox.PostUrgent(new PauseRun($"interrupted; `calibrate resume {plan.Request.Run}` goes on"));
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

    private RunResult Result()
    {
        var state = coordinator.State;
        var outcome = state.Status switch
        {
            RunStatus.Completed => RunOutcome.Completed,
            RunStatus.Failed => RunOutcome.Failed,
            _ => interrupted ? RunOutcome.Interrupted : RunOutcome.Paused,
        };
        return new RunResult(outcome, state.ResultIteration, state.Reason, state.Completion);
    }
}
