using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Slots;

/// <summary>
/// Keeps the limits of what a child evaluates: looks at the clock and at the child's memory from time to time, and kills the child when it
/// exceeds one. Costs nothing where there are no limits, and two short locks per evaluation where there are.
/// </summary>
internal sealed class ChildWatch : IDisposable
{
    // A model that writes to memory as fast as it can gets some 50 MB in this time.
    private static readonly TimeSpan MemoryPeriod = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMilliseconds(100);

    private readonly SlotChild child;
    private readonly SlotLimits limits;
    private readonly TimeProvider clock;
    private readonly TimeSpan period;
    private readonly ITimer? timer;
    private readonly Lock gate = new();
    private long begun;
    private long looked;
    private int evaluation;
    private bool evaluating;

    public ChildWatch(SlotChild child, SlotLimits limits, TimeProvider clock)
    {
        this.child = child;
        this.limits = limits;
        this.clock = clock;
        if (limits.Memory is not null || limits.Timeout is not null)
        {
            period = Period(limits);
            timer = clock.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Which evaluation exceeded which limit; null while none did. The child is dead then.</summary>
    public (int Evaluation, ResourceKind Kind)? Exceeded { get; private set; }

    /// <summary>The child begins to evaluate.</summary>
    /// <param name="first">Index of what it begins with.</param>
    public void Begin(int first)
    {
        if (timer is not null)
        {
            Next(first);
            looked = clock.GetTimestamp();
            timer.Change(period, period);
        }
    }

    /// <summary>
    /// Whether what the child just answered was within the limit of memory. On a machine so busy that looks were missed, the child's memory is
    /// looked at now: what grew meanwhile is still there.
    /// </summary>
    public bool KeptMemory()
    {
        if (timer is null || limits.Memory is null)
        {
            return true;
        }

        lock (gate)
        {
            if (Exceeded is null && clock.GetElapsedTime(looked) > 2 * period)
            {
                LookAtMemory();
            }

            return Exceeded is not { Kind: ResourceKind.Memory };
        }
    }

    /// <summary>The child has answered and goes on.</summary>
    /// <param name="next">Index of what it goes on with.</param>
    public void Next(int next)
    {
        if (timer is not null)
        {
            lock (gate)
            {
                evaluation = next;
                begun = clock.GetTimestamp();
                evaluating = true;
            }
        }
    }

    /// <summary>The child has nothing to do.</summary>
    public void End()
    {
        if (timer is not null)
        {
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            lock (gate)
            {
                evaluating = false;
            }
        }
    }

    public void Dispose() => timer?.Dispose();

    private static TimeSpan Period(SlotLimits limits)
    {
        var forTime = limits.Timeout is { } timeout
            ? TimeSpan.FromTicks(Math.Clamp(timeout.Ticks / 20, ShortestPeriod.Ticks, LongestPeriod.Ticks))
            : LongestPeriod;
        return limits.Memory is null || forTime < MemoryPeriod ? forTime : MemoryPeriod;
    }

    // The verdict and the kill are one step for whoever asks afterwards.
    private void Look()
    {
        lock (gate)
        {
            if (!evaluating || Exceeded is not null)
            {
                return;
            }

            if (limits.Timeout is { } timeout && clock.GetElapsedTime(begun) > timeout)
            {
                Exceed(ResourceKind.Time);
            }
            else
            {
                LookAtMemory();
            }
        }
    }

    private void LookAtMemory()
    {
        looked = clock.GetTimestamp();
        if (limits.Memory is { } memory && child.Memory > memory)
        {
            Exceed(ResourceKind.Memory);
        }
    }

    private void Exceed(ResourceKind kind)
    {
        Exceeded = (evaluation, kind);
        child.Kill();
    }
}
