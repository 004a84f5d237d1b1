namespace Calibrate.Runtime.Coordination;

/// <summary>
/// How long a batch is waited for: past the 99th percentile it may be repeated on an idle slot, much later its answer is not expected
/// any more. Neither decides the chain: the first answer counts, however late.
/// </summary>
/// <remarks>
/// Giving up too early costs a repeated evaluation, too late it stops the run. So every wait is bounded by what slots said that evaluations
/// take: outages, queues and clocks that jump prolong the way of an answer, and of the way only <see cref="LongestTransportSeconds"/> count.
/// </remarks>
internal sealed class Patience
{
    private const double ShortestBoundSeconds = 10;
    private const double BoundOfSlow = 20;

    // Nobody waits longer than the most of these for an answer that was not late before: the median tells more of the slowest evaluation than the
    // 99th percentile of a few, and what was really seen to take long must not be given up while it is under way.
    private const double LongestBoundSeconds = 60;
    private const double LongestBoundOfTypical = 50;
    private const double LongestBoundOfSlow = 2;

    // Eight times as long, at most.
    private const int MostDoublings = 3;

    // The way there and back: beyond this it is an outage, or a clock that jumped.
    private const double LongestTransportSeconds = 10;

    // What a batch in the queue is expected to take, in medians: the mean of log-normal times with sigma = 2 is 7.4 medians.
    private const double QueuedOfTypical = 10;

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
    /// <param name="elapsed">Seconds its slot says that it spent on it: not more than passed here.</param>
    /// <param name="now">Active time.</param>
    public void Observe(FlyingBatch batch, int evaluated, double elapsed, double now)
    {
        var passed = now - batch.Dispatched;
        if (evaluated == 0 || !(elapsed > 0) || !(passed > 0))
        {
            return;
        }

        var served = Math.Min(elapsed, passed);
        evaluations.Observe(served / evaluated);
        if (!batch.Hedged)
        {
            transport.Observe(Math.Min(passed - served, LongestTransportSeconds));
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
    /// batches take, but not beyond the longest bounds. Doubled for every time that an evaluation of the batch found no answer before, up to eight
    /// times, since the model may just be slow there; and what stands before it in the queue is waited for.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="queued">Batches per slot: how many a batch may have to wait for.</param>
    public double GiveUpAt(FlyingBatch batch, double queued)
    {
        var count = batch.Flights.Length;
        var queue = queued > 1 ? (queued - 1) * count * Queued : 0;
        return batch.Dispatched + Math.ScaleB(Bound(count), Math.Min(batch.Silences, MostDoublings)) + queue;
    }

    private double Transport => Math.Min(transport.Slow ?? 0, LongestTransportSeconds);

    // How long one evaluation keeps those waiting that stand behind it.
    private double Queued => Math.Min(
        timeout ?? double.PositiveInfinity,
        evaluations.Slow is { } slow ? Math.Min(slow, QueuedOfTypical * evaluations.Typical) : double.PositiveInfinity);

    private double Allowance(int count) => evaluations.Slow is { } slow ? (slow * count) + Transport : double.PositiveInfinity;

    private double Bound(int count)
    {
        if (timeout is { } limit)
        {
            return (limit * count) + ShortestBoundSeconds;
        }

        if (evaluations.Slow is not { } slow)
        {
            return double.PositiveInfinity;
        }

        var longest = Math.Max(LongestBoundSeconds, Math.Max(LongestBoundOfTypical * evaluations.Typical, LongestBoundOfSlow * slow) * count);
        return Math.Max(ShortestBoundSeconds, Math.Min(BoundOfSlow * slow * count, longest) + Transport);
    }
}
