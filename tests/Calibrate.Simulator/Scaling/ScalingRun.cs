using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Simulator.Time;
using Calibrate.Testing.Simulation;

namespace Calibrate.Simulator.Scaling;

/// <summary>One scaling simulation: the real coordinator and scheduler, in virtual time, with simulated slots.</summary>
public sealed class ScalingRun
{
    private static readonly RunId Name = RunId.Parse("scaling");
    private const double TickSeconds = 0.2;

    private readonly ScalingScenario scenario;
    private readonly VirtualTime time = new();
    private readonly IMethod method;
    private readonly JournaledCoordinator coordinator;
    private readonly SimulatedSlots slots;
    private readonly HashSet<EvaluationId> dispatched = [];
    private List<RunCommand> mailbox = [];
    private bool busy;
    private long repeated;
    private double work;
    private double end;

    private ScalingRun(ScalingScenario scenario, Problem problem)
    {
        this.scenario = scenario;
        method = ScalingScenario.MakeMethod(problem);
        coordinator = new JournaledCoordinator(method, folded: null, new ForgetfulWriter(Name));
        slots = new SimulatedSlots(scenario, time, new ThreadSlot(problem.Likelihood.Create()), answer => Post(new EvaluationsReturned([answer])));
    }

    /// <summary>Runs a scenario.</summary>
    public static ScalingResult Run(ScalingScenario scenario)
    {
        var run = new ScalingRun(scenario, scenario.MakeProblem());
        run.Step(
            [
                new StartRun(TestIdentity.Of(Name, run.method), new StopRule(scenario.Iterations), TestIdentity.Platform, "simulated"),
                new EngineReady(scenario.Mode, scenario.Slots, scenario.Times.Mean),
            ]);
        run.Tick();
        while (run.coordinator.IsActive && run.time.Next())
        {
        }

        if (run.coordinator.State.Status != RunStatus.Completed)
        {
            throw new InvalidOperationException($"The run did not finish: {run.coordinator.State.Status} {run.coordinator.State.Reason}");
        }

        return run.Result();
    }

    private ScalingResult Result()
    {
        ulong[] digests = [.. coordinator.State.Ensembles
            .Select(ensemble => ensemble.Awaken(method).Digest)
            .SelectMany(digest => (ulong[])[digest.First, digest.Second])];
        return new ScalingResult(dispatched.Count, repeated, work, end, scenario.Slots, RunHash.Of(scenario.Iterations, digests));
    }

    private void Tick()
    {
        time.After(TickSeconds, () =>
        {
            Post(new Tick());
            Tick();
        });
    }

    private void Post(RunCommand command)
    {
        mailbox.Add(command);
        Work();
    }

    // One reader of one mailbox: what arrives while it is busy is drained together.
    private void Work()
    {
        if (busy || mailbox.Count == 0 || !coordinator.IsActive)
        {
            return;
        }

        var drained = mailbox;
        mailbox = [];
        var seconds = scenario.SecondsPerAppend + (scenario.SecondsPerAnswer * drained.Count(command => command is EvaluationsReturned));
        if (seconds <= 0)
        {
            Step(drained);
            return;
        }

        busy = true;
        time.After(seconds, () =>
        {
            busy = false;
            Step(drained);
            Work();
        });
    }

    private void Step(List<RunCommand> drained)
    {
        List<RunCommand> commands = [.. drained.Where(command => command is not EvaluationsReturned)];
        List<BatchAnswer> answers = [.. drained.OfType<EvaluationsReturned>().SelectMany(returned => returned.Answers)];
        if (answers.Count > 0)
        {
            commands.Add(new EvaluationsReturned(answers));
        }

        end = time.Now;
        var step = coordinator.StepAsync(commands, time.Now);
        foreach (var effect in step.GetAwaiter().GetResult())
        {
            Perform(effect);
        }
    }

    private void Perform(RunEffect effect)
    {
        switch (effect)
        {
            case DispatchBatch batch:
                foreach (var request in batch.Requests)
                {
                    if (dispatched.Add(request.Id))
                    {
                        work += scenario.Times.Of(request.Id);
                    }
                    else
                    {
                        repeated++;
                    }
                }

                slots.Publish(batch);
                break;
            case WakeAt wake:
                time.After(Math.Max(0, wake.Seconds - time.Now), () => Post(new Tick()));
                break;
        }
    }
}
