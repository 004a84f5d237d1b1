namespace Calibrate.Runtime.Coordination;

/// <summary>
/// Tells which batches are repeated because they take long: on a slot that would idle, soon; ahead of work that is ready, after twice that time. The first
/// answer wins.
/// </summary>
/// <remarks>
/// A batch that takes so long is older than what is ready, and its ensemble soon waits for it: repeated only when nothing else is left to do, it would
/// hold the ensemble up for as long as its look-ahead lasts, and then for an evaluation more. Models with heavy tails pay for it: of
/// log-normal times with sigma = 1, 0.13 % exceed twice their 99th percentile (ln 2 + 2.326 = 3.02 standard deviations).
/// A batch that was repeated still counts as one under way: the slot that has it evaluates or is frozen, and takes nothing else either way. Only
/// when slots leave, the oldest repeated ones are written off with them (<see cref="FlyingBatches.WriteOff"/>).
/// </remarks>
internal sealed class Hedging(FlyingBatches batches, Patience patience)
{
    private const double OverdueAllowances = 2;

    /// <summary>The oldest batch that an idle slot is to repeat, if there is one.</summary>
    public FlyingBatch? Late(double now)
    {
        var shortest = patience.ShortestAllowance;
        for (var batch = batches.Oldest; batch is not null && batch.Dispatched + shortest <= now; batch = batch.Newer)
        {
            if (IsOpen(batch) && now >= patience.HedgeAt(batch))
            {
                return batch;
            }
        }

        return null;
    }

    /// <summary>When there may be a late batch next, if nothing else happens; infinite for never.</summary>
    public double NextLate(double now)
    {
        var (first, shortest) = (double.PositiveInfinity, patience.ShortestAllowance);
        var batch = batches.Oldest;
        for (; batch is not null && batch.Dispatched + shortest <= now; batch = batch.Newer)
        {
            first = IsOpen(batch) ? Math.Min(first, patience.HedgeAt(batch)) : first;
        }

        return batch is null ? first : Math.Min(first, batch.Dispatched + shortest);
    }

    /// <summary>The oldest batch that is repeated ahead of whatever is ready, if there is one.</summary>
    public FlyingBatch? Overdue(double now)
    {
        var batch = FirstToBeOverdue(now, out var at);
        return at <= now ? batch : null;
    }

    /// <summary>When there may be an overdue batch next, if nothing else happens; infinite for never.</summary>
    public double NextOverdue(double now)
    {
        FirstToBeOverdue(now, out var at);
        return at;
    }

    /// <summary>Notes that a batch is repeated now: the next time is when it has taken twice as long.</summary>
    /// <returns>What is to be evaluated again.</returns>
    public static Flight[] Repeat(FlyingBatch batch, double now)
    {
        batch.HedgeFrom = now + (now - batch.Dispatched);
        batch.Hedged = true;
        return batch.Unanswered();
    }

    // Batches are in the order of their dispatch and of about the same size: behind the first that is neither late nor repeated nobody is looked for,
    // because this is asked in every planning.
    private FlyingBatch? FirstToBeOverdue(double now, out double at)
    {
        at = double.PositiveInfinity;
        FlyingBatch? first = null;
        for (var batch = batches.Oldest; batch is not null && at > now; batch = batch.Newer)
        {
            if (!IsOpen(batch))
            {
                continue;
            }

            var overdue = batch.Dispatched + (OverdueAllowances * (patience.HedgeAt(batch) - batch.Dispatched));
            if (overdue < at)
            {
                (first, at) = (batch, overdue);
            }

            if (!batch.Hedged)
            {
                break;
            }
        }

        return first;
    }

    // Copies and suspects are not repeated, nor what copies answered for.
    private static bool IsOpen(FlyingBatch batch) => batch.Kind == BatchKind.Regular && !batch.IsAnswered;
}
