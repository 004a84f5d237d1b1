namespace Calibrate.Runtime.Coordination;

/// <summary>
/// What an evaluation usually takes, and what takes longer than 99 % of them: order statistics of the last 256 durations, so that no single
/// outlier (a frozen machine, a first compilation) ruins an estimate.
/// </summary>
internal sealed class EvaluationTimes
{
    private const int Window = 256;
    private const double Quantile = 0.99;

    // From here on the 99th percentile is taken at its word; with fewer it would be about the slowest one seen.
    private const int EnoughForQuantile = 100;

    // With fewer than these, the measurement the engine began with is as good.
    private const int Fewest = 8;

    // Before there are enough: twice the slowest so far, or four times the median, whichever is more; and ten times a single measurement.
    // Log-normal times with sigma = 1 have their 99th percentile at ten times the median.
    private const double OfSlowest = 2;
    private const double OfMedian = 4;
    private const double OfFirst = 10;

    // A duration counts as at most this many times the present 99th percentile: what froze for an hour says nothing about the model.
    private const double MostOfQuantile = 4;

    private readonly double[] durations = new double[Window];
    private readonly double[] sorted = new double[Window];
    private double first;
    private long observed;
    private long staleAt;
    private double median;
    private double? slow;

    /// <summary>Starts with what is known.</summary>
    /// <param name="first">A first measurement in seconds; 0 when there is none.</param>
    public EvaluationTimes(double first) => this.first = first;

    /// <summary>What one usually takes, in seconds; 0 when nothing is known.</summary>
    public double Typical
    {
        get
        {
            Refresh();
            return median;
        }
    }

    /// <summary>The 99th percentile in seconds, or a careful guess before there are 100 durations; null when nothing is known.</summary>
    public double? Slow
    {
        get
        {
            Refresh();
            return slow;
        }
    }

    /// <summary>Takes in a first measurement that came later than the beginning.</summary>
    /// <param name="seconds">Seconds; 0 when it is not known.</param>
    public void Begin(double seconds)
    {
        if (seconds > 0)
        {
            first = seconds;
            staleAt = observed;
        }
    }

    /// <summary>Takes in one duration.</summary>
    /// <param name="seconds">Seconds.</param>
    public void Observe(double seconds)
    {
        durations[observed % Window] = observed >= EnoughForQuantile ? Math.Min(seconds, MostOfQuantile * Slow!.Value) : seconds;
        observed++;
    }

    // Sorting is not for every answer of a fast model: again after a sixteenth of what was seen, at most after sixteen.
    private void Refresh()
    {
        if (observed < staleAt)
        {
            return;
        }

        staleAt = observed + Math.Clamp(observed / 16, 1, 16);
        var count = (int)Math.Min(observed, Window);
        if (count < Fewest && first > 0)
        {
            (median, slow) = (first, OfFirst * first);
            return;
        }

        if (count == 0)
        {
            return;
        }

        durations.AsSpan(0, count).CopyTo(sorted);
        Array.Sort(sorted, 0, count);
        median = sorted[count / 2];
        slow = observed >= EnoughForQuantile ? sorted[(int)Math.Ceiling(Quantile * count) - 1]
            : count >= Fewest ? Math.Max(OfSlowest * sorted[count - 1], OfMedian * median)
            : OfFirst * sorted[count - 1];
    }
}
