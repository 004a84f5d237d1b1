using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Coordination;

/// <summary>
/// Deals ready evaluations out in batches, as the dataflow scheduler: no barrier, oldest iteration first. What is in flight is known
/// only here and never journaled: after a crash, everything that was not settled is simply ready again.
/// </summary>
/// <remarks>
/// Batch sizes: at most ceil(ready / slots) evaluations, so that no slot hoards what another could begin; at most 50 ms of work; a
/// single evaluation once one takes more than 2 ms (simulated: batches of 1 gain 2.06x over the barrier, batches of 4 only 1.08x). A batch costs
/// coordinator, broker and worker 2 to 3 ms of processor time together, however many evaluations it holds (docs/decisions/0013-batches.md).
/// Stragglers are repeated on slots that would idle, and ahead of ready work when they are twice as late (<see cref="Hedging"/>).
/// What is known here is bounded: an ensemble looks ahead a bounded number of iterations, and at most two batches per slot are under way.
/// </remarks>
internal sealed class Dispatcher
{
    private const double LongestBatchSeconds = 0.050;
    private const double SlowEvaluationSeconds = 0.002;

    // Up to here a second batch per slot waits at the engine, so that a slot does not idle while the journal writes.
    private const double QueueAheadBelowSeconds = 0.020;

    // Timers are no finer, and a straggler among evaluations of microseconds is not worth one.
    private const double ShortestWakeSeconds = 0.001;

    private readonly Dictionary<EvaluationId, Flight> known = [];
    private readonly FlyingBatches batches = new();
    private readonly ReadyQueue ready = new();
    private readonly SuspectLedger suspects = new();
    private readonly Patience patience;
    private readonly Hedging hedging;
    private readonly List<EvaluationRequest> taken = [];
    private readonly bool barrier;
    private long lastBatch;
    private int held;
    private int initial;
    private double wakeAt = double.NegativeInfinity;

    public Dispatcher(int slots, bool barrier, double secondsPerEvaluation, TimeSpan? timeout = null)
    {
        Slots = slots;
        this.barrier = barrier;
        patience = new Patience(secondsPerEvaluation, timeout);
        hedging = new Hedging(batches, patience);
    }

    /// <summary>Evaluations at the same time; 0 while there is nobody to evaluate.</summary>
    public int Slots { get; private set; }

    /// <summary>Evaluations that wait for a slot.</summary>
    public int Waiting => ready.Count + suspects.Waiting;

    /// <summary>Evaluations that are under way.</summary>
    public int InFlight => Math.Max(0, known.Count - Waiting - held);

    /// <summary>Batches that they are in.</summary>
    public int BatchesInFlight => batches.Count;

    /// <summary>Evaluations that were handed out again after a loss.</summary>
    public long Redispatched { get; private set; }

    /// <summary>Evaluations that were handed out a second time because the first took long.</summary>
    public long Hedged { get; private set; }

    /// <summary>
    /// The most evaluations after the initial ones that could have been under way at the same time: those that were, and those that waited. More slots
    /// than that would have idled.
    /// </summary>
    public int Widest { get; private set; }

    /// <summary>What an evaluation usually takes, in seconds; 0 when nothing is known.</summary>
    public double SecondsPerEvaluation => patience.SecondsPerEvaluation;

    public bool Awaits(EvaluationId id) => known.TryGetValue(id, out var flight) && !flight.Answered;

    public double[] ParametersOf(EvaluationId id) => known[id].Request.Parameters;

    /// <summary>Takes in that the engine has another number of slots.</summary>
    public void Resize(int slots, double secondsPerEvaluation)
    {
        batches.WriteOff(Slots - slots);
        Slots = slots;
        patience.Begin(secondsPerEvaluation);
    }

    /// <summary>Takes in an answer: to a batch of this session, or a late one that is told by its evaluations.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="now">Active time in seconds.</param>
    /// <param name="fresh">Receives what is to be settled: outcomes that nobody had, and verdicts.</param>
    public void Receive(BatchAnswer answer, double now, List<SettledEvaluation> fresh)
    {
        var batch = batches.Remove(answer.Batch);
        var evaluated = 0;
        foreach (var (id, outcome) in answer.Outcomes)
        {
            if (outcome is Lost)
            {
                continue;
            }

            evaluated++;
            if (known.TryGetValue(id, out var flight) && !flight.Answered)
            {
                Answer(flight, outcome, fresh);
            }
        }

        if (evaluated < answer.Outcomes.Count)
        {
            TakeInDeaths(answer, batch, fresh);
        }

        if (batch is not null)
        {
            patience.Observe(batch, evaluated, answer.Elapsed, now);
            Release(batch);
        }
    }

    /// <summary>Takes in evaluations that are wanted, each once.</summary>
    public void TakeIn(IReadOnlyList<EvaluationRequest> requests)
    {
        foreach (var request in requests)
        {
            var flight = new Flight(request);
            known.Add(request.Id, flight);
            ready.Enqueue(flight);
            initial += request.Id.Iteration == 0 ? 1 : 0;
        }

        Widest = Math.Max(Widest, initial > 0 ? 0 : known.Count - held);
    }

    /// <summary>Forgets an evaluation whose outcome was settled.</summary>
    public void Settled(EvaluationId id)
    {
        if (!known.Remove(id, out var flight))
        {
            return;
        }

        initial -= id.Iteration == 0 ? 1 : 0;
        held -= flight.Answered ? 1 : 0;
        flight.Answered = true;
        if (flight.Waiting)
        {
            ready.Withdraw(flight);
        }
    }

    /// <summary>Takes in that nobody may answer for anything that was handed out.</summary>
    public void LoseEverything()
    {
        while (batches.Oldest is { } batch)
        {
            batches.Remove(batch.Number);
            Release(batch);
        }
    }

    /// <summary>Plans what to dispatch now.</summary>
    /// <param name="ensembles">The living ensembles.</param>
    /// <param name="horizon">No step beyond this iteration.</param>
    /// <param name="now">Active time in seconds.</param>
    /// <param name="effects">Receives the batches, and when to plan again.</param>
    public void Plan(IReadOnlyList<IEnsemble> ensembles, int horizon, double now, List<RunEffect> effects)
    {
        if (!barrier || known.Count == 0)
        {
            TakeReady(ensembles, horizon);
        }

        Plan(now, effects);
    }

    /// <summary>Plans what to dispatch now of what was taken in.</summary>
    /// <param name="now">Active time in seconds.</param>
    /// <param name="effects">Receives the batches, and when to plan again.</param>
    public void Plan(double now, List<RunEffect> effects)
    {
        GiveUp(now);
        if (Slots > 0)
        {
            while (batches.Engaged < Capacity && suspects.TryNext(Slots, out var next))
            {
                effects.Add(Dispatch(next, now, BatchKind.Suspect));
            }

            RepeatOverdue(now, effects);
            DispatchReady(now, effects);
            RepeatLate(now, effects);
        }

        PlanToWake(now, effects);
    }

    // A barrier hands everything out at once, and leaves the queueing to the engine.
    private long Capacity => barrier ? long.MaxValue : (long)Slots * (patience.SecondsPerEvaluation < QueueAheadBelowSeconds ? 2 : 1);

    private double BatchesPerSlot => batches.Engaged / (double)Math.Max(1, Slots);

    private bool HasPlace => batches.Engaged < Capacity && !barrier;

    private bool HasIdleSlot => batches.Engaged < Slots && ready.Count == 0 && !barrier;

    private void TakeReady(IReadOnlyList<IEnsemble> ensembles, int horizon)
    {
        for (var i = 0; i < ensembles.Count; i++)
        {
            var ensemble = ensembles[i];
            int before;
            do
            {
                before = ensemble.Iteration;
                ensemble.TakeReady(barrier ? Math.Min(horizon, before + 1) : horizon, taken);
            }
            while (barrier && ensemble.Iteration != before); // the prior rejected the whole iteration: on to the next
        }

        TakeIn(taken);
        taken.Clear();
    }

    private void DispatchReady(double now, List<RunEffect> effects)
    {
        var capacity = Capacity;
        var size = BatchSize(ready.Count);
        while (ready.Count > 0 && batches.Engaged < capacity)
        {
            var flights = new Flight[Math.Min(size, ready.Count)];
            for (var i = 0; i < flights.Length && ready.TryDequeue(out var flight); i++)
            {
                flights[i] = flight;
            }

            effects.Add(Dispatch(flights, now, BatchKind.Regular));
        }
    }

    private int BatchSize(int waiting)
    {
        var seconds = patience.SecondsPerEvaluation;
        if (seconds > SlowEvaluationSeconds)
        {
            return 1;
        }

        var fair = (waiting + Slots - 1) / Slots;
        var brief = seconds > 0 ? (int)Math.Min(int.MaxValue, LongestBatchSeconds / seconds) : 1;
        return Math.Max(1, Math.Min(fair, brief));
    }

    // One at a time: with a whole worker of many slots frozen, what is ready shall not wait for all of it.
    private void RepeatOverdue(double now, List<RunEffect> effects)
    {
        if (HasPlace && hedging.Overdue(now) is { } overdue)
        {
            Repeat(overdue, now, effects);
        }
    }

    private void RepeatLate(double now, List<RunEffect> effects)
    {
        while (HasIdleSlot && hedging.Late(now) is { } late)
        {
            Repeat(late, now, effects);
        }
    }

    // Over all slots that idle: what is repeated is urgent.
    private void Repeat(FlyingBatch batch, double now, List<RunEffect> effects)
    {
        var flights = Hedging.Repeat(batch, now);
        Hedged += flights.Length;
        var parts = Math.Clamp(Slots - batches.Engaged, 1, flights.Length);
        foreach (var part in flights.Chunk((flights.Length + parts - 1) / parts))
        {
            effects.Add(Dispatch(part, now, BatchKind.Hedge));
        }
    }

    // A batch that nobody answers for must not keep its slot for ever.
    private void GiveUp(double now)
    {
        var bound = patience.ShortestBound;
        for (var batch = batches.Oldest; batch is not null && batch.Dispatched + bound <= now;)
        {
            var newer = batch.Newer;
            if (now >= patience.GiveUpAt(batch, BatchesPerSlot))
            {
                foreach (var flight in batch.Flights)
                {
                    flight.Silences++;
                }

                batches.Remove(batch.Number);
                Release(batch);
            }

            batch = newer;
        }
    }

    private DispatchBatch Dispatch(Flight[] flights, double now, BatchKind kind)
    {
        var batch = new FlyingBatch(++lastBatch, flights, now, kind);
        batches.Add(batch);
        return new DispatchBatch(batch.Number, Array.ConvertAll(flights, flight => flight.Request), kind == BatchKind.Suspect);
    }

    private void Answer(Flight flight, EvaluationOutcome outcome, List<SettledEvaluation> fresh)
    {
        flight.Answered = true;
        held++;
        if (flight.Waiting)
        {
            ready.Withdraw(flight);
        }

        suspects.Acquit(flight.Id);
        fresh.Add(new SettledEvaluation(flight.Id, outcome));
    }

    private void TakeInDeaths(BatchAnswer answer, FlyingBatch? batch, List<SettledEvaluation> fresh)
    {
        var alone = (batch?.Flights.Length ?? answer.Outcomes.Count) == 1;
        foreach (var (id, outcome) in answer.Outcomes)
        {
            if (outcome is Lost { Death: { } process }
                && known.TryGetValue(id, out var flight)
                && !flight.Answered
                && suspects.Charge(id, process, alone) is { } verdict)
            {
                Answer(flight, verdict, fresh);
            }
        }
    }

    // What no other batch holds is ready again; what somebody died with waits for its trial.
    private void Release(FlyingBatch batch)
    {
        if (batch.Kind == BatchKind.Suspect)
        {
            suspects.Return();
        }

        List<Flight>? accused = null;
        foreach (var flight in batch.Flights)
        {
            if (flight.Answered || flight.Copies > 0)
            {
                continue;
            }

            Redispatched++;
            if (suspects.Suspects(flight.Id))
            {
                (accused ??= []).Add(flight);
            }
            else
            {
                ready.Enqueue(flight);
            }
        }

        if (accused is not null)
        {
            suspects.Enqueue(accused);
        }
    }

    // The first time at which a batch could be repeated or given up without anything else happening before.
    private void PlanToWake(double now, List<RunEffect> effects)
    {
        var next = Math.Max(Math.Min(FirstGivenUp(now), NextRepeat(now)), now + ShortestWakeSeconds);
        if (double.IsFinite(next) && (next < wakeAt || wakeAt <= now))
        {
            wakeAt = next;
            effects.Add(new WakeAt(next));
        }
    }

    private double NextRepeat(double now) => HasIdleSlot ? hedging.NextLate(now) : HasPlace ? hedging.NextOverdue(now) : double.PositiveInfinity;

    // Batches are in the order of their dispatch: only those past the shortest time have to be looked at one by one.
    private double FirstGivenUp(double now)
    {
        var (first, shortest) = (double.PositiveInfinity, patience.ShortestBound);
        var batch = batches.Oldest;
        for (; batch is not null && batch.Dispatched + shortest <= now; batch = batch.Newer)
        {
            first = Math.Min(first, patience.GiveUpAt(batch, BatchesPerSlot));
        }

        return batch is null ? first : Math.Min(first, batch.Dispatched + shortest);
    }
}
