using Calibrate.Inference;

namespace Calibrate.Runtime.Coordination;

/// <summary>
/// Deals ready evaluations out in batches, as the dataflow scheduler: no barrier, oldest iteration first. What is in flight is known
/// only here and never journaled: after a crash, everything that was not settled is simply ready again.
/// </summary>
/// <remarks>
/// Batch sizes: at most ceil(ready / (2 slots)) evaluations, so that no slot hoards what another could begin; at most 20 ms of work; a
/// single evaluation once one takes more than 2 ms (simulated: batches of 1 gain 2.06x over the barrier, batches of 4 only 1.08x).
/// </remarks>
internal sealed class Dispatcher
{
    private const double LongestBatchSeconds = 0.020;
    private const double SlowEvaluationSeconds = 0.002;

    // Up to here a second batch per slot waits at the engine, so that a slot does not idle while the journal writes.
    private const double QueueAheadBelowSeconds = 0.020;
    private const double TimingMemory = 0.9;

    private readonly Dictionary<EvaluationId, EvaluationRequest> inFlight = [];
    private readonly Dictionary<long, Batch> batches = [];
    private readonly PriorityQueue<EvaluationRequest, (int Iteration, int Ensemble, int Walker)> ready = new();
    private readonly List<EvaluationRequest> taken = [];
    private readonly StragglerWatch stragglers = new();
    private double secondsPerEvaluation;
    private long lastBatch;

    public Dispatcher(int slots, bool barrier, double secondsPerEvaluation)
    {
        Slots = slots;
        Barrier = barrier;
        this.secondsPerEvaluation = secondsPerEvaluation;
    }

    public int Slots { get; }

    public bool Barrier { get; }

    public bool Awaits(EvaluationId id) => inFlight.ContainsKey(id);

    /// <summary>Forgets an evaluation whose outcome was settled.</summary>
    public void Settled(EvaluationId id) => inFlight.Remove(id);

    /// <summary>Takes in that a batch came home; what it lost becomes ready again.</summary>
    public void Returned(BatchAnswer answer)
    {
        foreach (var (id, outcome) in answer.Outcomes)
        {
            if (outcome is Problems.Likelihoods.Lost && inFlight.Remove(id, out var request))
            {
                Enqueue(request);
            }
        }

        if (batches.Remove(answer.Batch, out var batch) && answer.Outcomes.Count > 0 && answer.Elapsed > 0)
        {
            var measured = answer.Elapsed / batch.Requests.Count;
            secondsPerEvaluation = secondsPerEvaluation <= 0
                ? measured
                : (TimingMemory * secondsPerEvaluation) + ((1 - TimingMemory) * measured);
            stragglers.Observe(measured);
        }
    }

    /// <summary>Plans what to dispatch now.</summary>
    /// <param name="ensembles">The living ensembles.</param>
    /// <param name="horizon">No step beyond this iteration.</param>
    /// <param name="now">Active time in seconds.</param>
    /// <param name="effects">Receives the batches.</param>
    public void Plan(IEnumerable<IEnsemble> ensembles, int horizon, double now, List<RunEffect> effects)
    {
        if (Barrier && inFlight.Count > 0)
        {
            return;
        }

        foreach (var ensemble in ensembles)
        {
            int before;
            do
            {
                before = ensemble.Iteration;
                ensemble.TakeReady(Barrier ? Math.Min(horizon, before + 1) : horizon, taken);
            }
            while (Barrier && ensemble.Iteration != before); // the prior rejected the whole iteration: on to the next
        }

        taken.ForEach(Enqueue);
        taken.Clear();
        var depth = !Barrier && secondsPerEvaluation < QueueAheadBelowSeconds ? 2 : 1;
        var size = BatchSize(ready.Count);
        while (ready.Count > 0 && (Barrier || batches.Count < Slots * depth))
        {
            var requests = new List<EvaluationRequest>(size);
            while (requests.Count < size && ready.TryDequeue(out var request, out _))
            {
                requests.Add(request);
                inFlight.Add(request.Id, request);
            }

            effects.Add(Dispatch(requests, now, hedge: false));
        }

        Hedge(now, effects);
    }

    private int BatchSize(int waiting)
    {
        if (secondsPerEvaluation > SlowEvaluationSeconds)
        {
            return 1;
        }

        var fair = (waiting + (2 * Slots) - 1) / (2 * Slots);
        var brief = secondsPerEvaluation > 0 ? (int)Math.Min(int.MaxValue, LongestBatchSeconds / secondsPerEvaluation) : 1;
        return Math.Max(1, Math.Min(fair, brief));
    }

    // A slot that would idle repeats the oldest batch that takes longer than 99 % of evaluations do; the first answer wins.
    private void Hedge(double now, List<RunEffect> effects)
    {
        if (Barrier || ready.Count > 0 || batches.Count >= Slots || stragglers.Threshold is not { } threshold)
        {
            return;
        }

        var straggler = batches.Values
            .Where(batch => !batch.Hedge && !batch.Hedged && now - batch.Dispatched > threshold * batch.Requests.Count)
            .MinBy(batch => batch.Dispatched);
        if (straggler is null)
        {
            return;
        }

        straggler.Hedged = true;
        var unsettled = straggler.Requests.Where(request => inFlight.ContainsKey(request.Id)).ToList();
        if (unsettled.Count > 0)
        {
            effects.Add(Dispatch(unsettled, now, hedge: true));
        }
    }

    private DispatchBatch Dispatch(List<EvaluationRequest> requests, double now, bool hedge)
    {
        var batch = new Batch(++lastBatch, requests, now) { Hedge = hedge };
        batches.Add(batch.Number, batch);
        return new DispatchBatch(batch.Number, requests);
    }

    private void Enqueue(EvaluationRequest request) =>
        ready.Enqueue(request, (request.Id.Iteration, request.Id.Ensemble, request.Id.Walker));

    private sealed record Batch(long Number, IReadOnlyList<EvaluationRequest> Requests, double Dispatched)
    {
        public bool Hedge { get; init; }

        public bool Hedged { get; set; }
    }
}
