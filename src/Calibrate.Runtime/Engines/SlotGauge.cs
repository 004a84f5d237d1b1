namespace Calibrate.Runtime.Engines;

/// <summary>Counts what one slot does. Written by the slot's own thread, read by any.</summary>
/// <param name="clock">Measures how long it is busy.</param>
internal sealed class SlotGauge(TimeProvider clock)
{
    private const long Idle = long.MinValue;

    private long evaluations;
    private long busyTicks;
    private long since = Idle;

    /// <summary>The slot begins to evaluate.</summary>
    public void Begin() => Volatile.Write(ref since, clock.GetTimestamp());

    /// <summary>The slot is done.</summary>
    /// <param name="made">Evaluations that it made.</param>
    public void End(long made)
    {
        Volatile.Write(ref busyTicks, busyTicks + clock.GetTimestamp() - since);
        Volatile.Write(ref evaluations, evaluations + made);
        Volatile.Write(ref since, Idle);
    }

    /// <summary>What it did so far.</summary>
    public SlotLoad Look()
    {
        var begun = Volatile.Read(ref since);
        var ticks = Volatile.Read(ref busyTicks) + (begun == Idle ? 0 : clock.GetTimestamp() - begun);
        return new SlotLoad(begun == Idle ? 0 : 1, Volatile.Read(ref evaluations), ticks / (double)clock.TimestampFrequency);
    }
}
