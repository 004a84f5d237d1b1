using Calibrate.Inference;
using Calibrate.Runtime.Slots;
using Calibrate.Runtime.Reading;
using Calibrate.Simulator.Time;

namespace Calibrate.Simulator.Scaling;

/// <summary>
/// The list scheduler (Graham 1966) to measure the real one against: whenever a slot is idle and a step is ready, the slot begins it, the oldest
/// iteration first. No messages, no journal, no batches, nothing measured: nothing that a scheduler without knowledge of the times can do better
/// without leaving slots idle.
/// </summary>
public sealed class IdealSchedule
{
    private readonly ScalingScenario scenario;
    private readonly VirtualTime time = new();
    private readonly IEnsemble[] ensembles;
    private readonly ThreadSlot slot;
    private readonly PriorityQueue<EvaluationRequest, (int Iteration, int Ensemble, int Walker)> ready = new();
    private readonly List<EvaluationRequest> taken = [];
    private int idle;
    private long evaluations;
    private double work;

    private IdealSchedule(ScalingScenario scenario)
    {
        this.scenario = scenario;
        var problem = scenario.MakeProblem();
        var method = ScalingScenario.MakeMethod(problem);
        ensembles = [.. Enumerable.Range(0, method.Ensembles).Select(method.Create)];
        slot = new ThreadSlot(problem.Likelihood.Create());
        idle = scenario.Slots;
    }

    /// <summary>Runs a scenario; its mode, latency and costs do not matter here.</summary>
    public static ScalingResult Run(ScalingScenario scenario)
    {
        var schedule = new IdealSchedule(scenario);
        foreach (var ensemble in schedule.ensembles)
        {
            schedule.Take(ensemble);
        }

        schedule.Begin();
        while (schedule.time.Next())
        {
        }

        ulong[] digests = [.. schedule.ensembles.SelectMany(ensemble => (ulong[])[ensemble.Digest.First, ensemble.Digest.Second])];
        return new ScalingResult(
            schedule.evaluations, 0, schedule.work, schedule.time.Now, scenario.Slots, RunHash.Of(scenario.Iterations, digests));
    }

    private void Take(IEnsemble ensemble)
    {
        ensemble.TakeReady(scenario.Iterations, taken);
        foreach (var request in taken)
        {
            ready.Enqueue(request, (request.Id.Iteration, request.Id.Ensemble, request.Id.Walker));
        }

        taken.Clear();
    }

    private void Begin()
    {
        while (idle > 0 && ready.TryDequeue(out var request, out _))
        {
            idle--;
            var seconds = scenario.Times.Of(request.Id);
            evaluations++;
            work += seconds;
            time.After(seconds, () => End(request));
        }
    }

    private void End(EvaluationRequest request)
    {
        idle++;
        var ensemble = ensembles[request.Id.Ensemble];
        ensemble.Settle(request.Id, slot.Evaluate([request])[0].Outcome);
        if (ensemble.HasBlock)
        {
            ensemble.DropBlock();
        }

        Take(ensemble);
        Begin();
    }
}
