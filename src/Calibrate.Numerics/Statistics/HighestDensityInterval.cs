namespace Calibrate.Numerics.Statistics;

/// <summary>The shortest interval that holds a given share of a sample.</summary>
/// <remarks>
/// Chen and Shao, "Monte Carlo estimation of Bayesian credible and HPD intervals", Journal of Computational and Graphical Statistics
/// 8 (1999) 69, algorithm of section 2.2: among the intervals that span ⌈p n⌉ sorted draws take the shortest, the lowest of equals.
/// It is the highest-density interval only of a density with one mode.
/// </remarks>
/// <param name="Lower">Smallest draw inside.</param>
/// <param name="Upper">Largest draw inside.</param>
public readonly record struct HighestDensityInterval(double Lower, double Upper)
{
    /// <summary>Length of the interval.</summary>
    public double Width => Upper - Lower;

    /// <summary>The shortest interval of a sorted sample.</summary>
    /// <param name="sorted">Sample in ascending order, without NaN.</param>
    /// <param name="probability">Share of draws to hold, in (0, 1].</param>
    /// <returns>The interval, NaN for an empty sample.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside (0, 1].</exception>
    public static HighestDensityInterval OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1.0);
        if (sorted.IsEmpty)
        {
            return new HighestDensityInterval(double.NaN, double.NaN);
        }

        var span = Math.Max(1, (int)Math.Ceiling(probability * sorted.Length)) - 1;
        var best = 0;
        var bestWidth = double.PositiveInfinity;
        for (var lower = 0; lower + span < sorted.Length; lower++)
        {
            var width = sorted[lower + span] - sorted[lower];
            if (width < bestWidth)
            {
                (best, bestWidth) = (lower, width);
            }
        }

        return new HighestDensityInterval(sorted[best], sorted[best + span]);
    }

    /// <summary>The shortest interval of a sample in any order; sorts a copy.</summary>
    /// <param name="sample">Sample in any order.</param>
    /// <param name="probability">Share of draws to hold, in (0, 1].</param>
    /// <returns>The interval, NaN for an empty sample or one that holds a NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside (0, 1].</exception>
    public static HighestDensityInterval Of(ReadOnlySpan<double> sample, double probability)
    {
        var sorted = sample.ToArray();
        Array.Sort(sorted);
        return sorted.Length > 0 && double.IsNaN(sorted[0])
            ? new HighestDensityInterval(double.NaN, double.NaN)
            : OfSorted(sorted, probability);
    }
}
