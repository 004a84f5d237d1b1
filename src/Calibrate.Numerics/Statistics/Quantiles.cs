namespace Calibrate.Numerics.Statistics;

/// <summary>Sample quantiles by linear interpolation of order statistics.</summary>
/// <remarks>
/// Type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996) 361, the default of
/// R and NumPy: with h = (n - 1) p the quantile lies a fraction h - ⌊h⌋ of the way from the ⌊h⌋-th to the next order statistic,
/// counted from 0.
/// </remarks>
public static class Quantiles
{
    /// <summary>The quantile of a sorted sample.</summary>
    /// <param name="sorted">Sample in ascending order, without NaN.</param>
    /// <param name="probability">Probability in [0, 1].</param>
    /// <returns>The quantile, or NaN for an empty sample.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        var (lower, fraction) = Position(sorted.Length, probability);
        var upper = Math.Min(lower + 1, sorted.Length - 1);
        return Interpolate(sorted[lower], sorted[upper], fraction);
    }

    /// <summary>The quantile of a sample in any order; sorts a copy.</summary>
    /// <param name="sample">Sample in any order.</param>
    /// <param name="probability">Probability in [0, 1].</param>
    /// <returns>The quantile, or NaN for an empty sample or one that holds a NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    public static double Of(ReadOnlySpan<double> sample, double probability)
    {
        var sorted = sample.ToArray();
        Array.Sort(sorted);

        // Array.Sort puts NaN first.
        return sorted.Length > 0 && double.IsNaN(sorted[0]) ? double.NaN : OfSorted(sorted, probability);
    }

    /// <summary>Where the quantile of <paramref name="count"/> draws lies: index of the lower order statistic and the fraction beyond it.</summary>
    internal static (int Lower, double Fraction) Position(int count, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1.0);
        var position = (count - 1) * probability;
        var lower = (int)Math.Floor(position);
        return (lower, position - lower);
    }

    internal static double Interpolate(double lower, double upper, double fraction) =>

        // An infinite neighbour must not turn an exact hit into NaN.
        fraction == 0.0 || lower == upper ? lower : ((1.0 - fraction) * lower) + (fraction * upper);
}
