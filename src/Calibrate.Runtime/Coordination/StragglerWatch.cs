namespace Calibrate.Runtime.Coordination;

/// <summary>Knows how long an evaluation usually takes, so that one that takes longer than 99 % of them can be told.</summary>
internal sealed class StragglerWatch
{
    private const int Window = 256;
    private const int Fewest = 100;
    private const double Quantile = 0.99;

    private readonly double[] durations = new double[Window];
    private readonly double[] sorted = new double[Window];
    private int observed;
    private double? threshold;

    /// <summary>The 99th percentile of the last 256 durations in seconds; null before 100 were seen.</summary>
    public double? Threshold
    {
        get
        {
            if (threshold is null && observed >= Fewest)
            {
                var count = Math.Min(observed, Window);
                durations.AsSpan(0, count).CopyTo(sorted);
                Array.Sort(sorted, 0, count);
                threshold = sorted[(int)Math.Ceiling(Quantile * count) - 1];
            }

            return threshold;
        }
    }

    /// <summary>Takes in the duration of one evaluation.</summary>
    /// <param name="seconds">Its duration.</param>
    public void Observe(double seconds)
    {
        durations[observed % Window] = seconds;
        observed++;
        threshold = null;
    }
}
