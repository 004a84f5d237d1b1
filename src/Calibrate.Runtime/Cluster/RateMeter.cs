namespace Calibrate.Runtime.Cluster;

/// <summary>How fast a count grows, over the last half minute.</summary>
internal sealed class RateMeter
{
    /// <summary>The rate is taken over this time: long enough to smooth an iteration, short enough to show that a worker came.</summary>
    public const double WindowSeconds = 30;

    private const double SpacingSeconds = 1;

    private readonly Queue<(double Time, long Count)> samples = [];
    private (double Time, long Count)? last;

    /// <summary>Takes in the count.</summary>
    public void Observe(double now, long count)
    {
        if (last is { } previous && count < previous.Count)
        {
            samples.Clear();
        }

        if (samples.Count == 0 || now - samples.Last().Time >= SpacingSeconds)
        {
            samples.Enqueue((now, count));
        }

        last = (now, count);
        while (samples.Count > 2 && now - samples.Peek().Time > WindowSeconds)
        {
            samples.Dequeue();
        }
    }

    /// <summary>Counts per second; 0 while nothing is known.</summary>
    /// <param name="now">The time: a count that stands still shows.</param>
    public double PerSecond(double now) => last is { } newest && samples.TryPeek(out var oldest) && now > oldest.Time
        ? (newest.Count - oldest.Count) / (now - oldest.Time)
        : 0;
}
