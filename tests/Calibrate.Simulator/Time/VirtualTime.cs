namespace Calibrate.Simulator.Time;

/// <summary>
/// A clock that jumps from one planned happening to the next. What is planned for the same time happens in the order in which it was planned,
/// so a simulation depends on its seed and on nothing else.
/// </summary>
public sealed class VirtualTime
{
    private readonly PriorityQueue<Action, (double Time, long Order)> planned = new();
    private long plannedSoFar;

    /// <summary>Seconds since the beginning of the simulation.</summary>
    public double Now { get; private set; }

    /// <summary>What happened so far.</summary>
    public long Happenings { get; private set; }

    /// <summary>Plans something.</summary>
    /// <param name="delay">Seconds from now, at least 0.</param>
    /// <param name="happening">What is to happen.</param>
    public void After(double delay, Action happening)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delay);
        planned.Enqueue(happening, (Now + delay, ++plannedSoFar));
    }

    /// <summary>Lets the next thing happen.</summary>
    /// <returns>False when nothing is planned any more.</returns>
    public bool Next()
    {
        if (!planned.TryDequeue(out var happening, out var when))
        {
            return false;
        }

        Now = when.Time;
        Happenings++;
        happening();
        return true;
    }
}
