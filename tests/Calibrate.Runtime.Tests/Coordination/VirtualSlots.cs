using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Coordination;

/// <summary>
/// Slots in simulated time under a dispatcher: first come, first served from one queue. Nothing but an answer or the dispatcher's own wish to be woken
/// makes it plan again, so what it forgets to ask for does not happen.
/// </summary>
internal sealed class VirtualSlots(Dispatcher dispatcher, IReadOnlyList<IEnsemble> ensembles, int slots, Func<EvaluationId, double> duration)
{
    private readonly (double Until, DispatchBatch? Batch, double Since)[] busy = new (double, DispatchBatch?, double)[slots];
    private readonly Queue<DispatchBatch> queue = new();
    private double wake = double.PositiveInfinity;

    public double Now { get; private set; }

    /// <summary>What these slots take stays with them for ever.</summary>
    public HashSet<int> Frozen { get; } = [];

    public List<DispatchBatch> Dispatched { get; } = [];

    /// <summary>When each evaluation was settled.</summary>
    public List<double> Settled { get; } = [];

    public void RunUntil(Func<bool> done, int horizon)
    {
        for (var events = 0; !done(); events++)
        {
            Assert.True(events < 1_000_000, "it does not come to an end");
            Plan(horizon);
            Begin();
            var next = Enumerable.Range(0, slots).MinBy(slot => End(slot));
            if (wake < End(next))
            {
                (Now, wake) = (Math.Max(Now, wake), double.PositiveInfinity);
                continue;
            }

            Assert.True(double.IsFinite(End(next)), $"nothing more happens after {Now} s");
            Finish(next);
        }
    }

    private void Plan(int horizon)
    {
        List<RunEffect> effects = [];
        dispatcher.Plan(ensembles, horizon, Now, effects);
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case DispatchBatch batch:
                    Dispatched.Add(batch);
                    queue.Enqueue(batch);
                    break;
                case WakeAt at:
                    wake = at.Seconds;
                    break;
            }
        }
    }

    private void Begin()
    {
        for (var slot = 0; slot < slots; slot++)
        {
            if (busy[slot].Batch is null && queue.TryDequeue(out var batch))
            {
                busy[slot] = (Now + batch.Requests.Sum(request => duration(request.Id)), batch, Now);
            }
        }
    }

    private double End(int slot) => busy[slot].Batch is null || Frozen.Contains(slot) ? double.PositiveInfinity : busy[slot].Until;

    private void Finish(int slot)
    {
        var (until, batch, since) = busy[slot];
        busy[slot] = default;
        Now = until;
        List<SettledEvaluation> fresh = [];
        SettledEvaluation[] outcomes = [.. batch!.Requests.Select(request => new SettledEvaluation(request.Id, new Evaluated(-1, [])))];
        dispatcher.Receive(new BatchAnswer(batch.Batch, outcomes, until - since), Now, fresh);
        foreach (var (id, outcome) in fresh)
        {
            Assert.True(ensembles[id.Ensemble].Settle(id, outcome));
            dispatcher.Settled(id);
            Settled.Add(Now);
        }
    }
}
