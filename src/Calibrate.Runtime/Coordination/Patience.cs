namespace Calibrate.Runtime.Coordination;

/// <summary>
/// How long a batch is waited for: past the 99th percentile it may be repeated on an idle slot, much later its answer is not expected
/// any more. Neither decides the chain: the first answer counts, however late.
/// </summary>
internal sealed class Patience
{
    private const double ShortestBoundSeconds = 10;
    private const double BoundOfSlow = 20;
    private const int MostDoublings = 20;

    private readonly EvaluationTimes evaluations;
    private readonly EvaluationTimes transport = new(first: 0);
    private readonly double? timeout;

    /// <summary>Begins with what is known.</summary>
    /// <param name="secondsPerEvaluation">A first measurement; 0 when there is none.</param>
    /// <param name="timeout">The limit at which a slot ends an evaluation itself, if there is one.</param>
    public Patience(double secondsPerEvaluation, TimeSpan? timeout)
    {
        evaluations = new EvaluationTimes(secondsPerEvaluation);
        this.timeout = timeout?.TotalSeconds;
    }

    /// <summary>What an evaluation usually takes, in seconds; 0 when nothing is known.</summary>
    public double SecondsPerEvaluation => evaluations.Typical;

    public void Begin(double secondsPerEvaluation) => evaluations.Begin(secondsPerEvaluation);

    /// <summary>Takes in what a batch took.</summary>
    /// <param name="batch">The batch, answered now.</param>
    /// <param name="evaluated">Evaluations of it that were made.</param>
    /// <param name="elapsed">Seconds its slot spent on it.</param>
    /// <param name="now">Active time.</param>
    public void Observe(FlyingBatch batch, int evaluated, double elapsed, double now)
    {
        if (evaluated == 0 || !(elapsed > 0))
        {
            return;
        }

        evaluations.Observe(elapsed / evaluated);
        if (!batch.Hedged)
        {
            transport.Observe(Math.Max(0, now - batch.Dispatched - elapsed));
        }
    }

    /// <summary>Before this time after its dispatch no batch is a straggler, in seconds; infinite when nothing is known.</summary>
    public double ShortestAllowance => Allowance(1);

    /// <summary>When a batch may be repeated next: past what 99 % of batches take, and then at doubling times.</summary>
    public double HedgeAt(FlyingBatch batch) => Math.Max(batch.Dispatched + Allowance(batch.Flights.Length), batch.HedgeFrom);

    /// <summary>Before this time after its dispatch no batch is given up, in seconds; infinite when nothing is known.</summary>
    public double ShortestBound => Bound(1);

    /// <summary>
    /// When nobody is expected to answer for a batch any more. With a time limit, slots end every evaluation by then; else twenty times what 99 % of
    /// batches take. Doubled for every time that an evaluation of the batch found no answer before, since the model may just be slow there.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="queued">Batches per slot: how many a batch may have to wait for.</param>
    public double GiveUpAt(FlyingBatch batch, double queued) =>
        batch.Dispatched + Math.ScaleB(Bound(batch.Flights.Length) * Math.Max(1, queued), Math.Min(batch.Silences, MostDoublings));

    private double Allowance(int count) => evaluations.Slow is { } slow ? (slow * count) + (transport.Slow ?? 0) : double.PositiveInfinity;

    private double Bound(int count) => timeout is { } limit
        ? (limit * count) + ShortestBoundSeconds
        : Math.Max(ShortestBoundSeconds, BoundOfSlow * Allowance(count));
}
