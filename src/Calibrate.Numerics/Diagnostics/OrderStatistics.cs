using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>The few order statistics that quantiles of given probabilities need, without a sorted copy of the draws.</summary>
internal sealed class OrderStatistics
{
    private readonly int count;

    /// <param name="count">Number of draws, at least one.</param>
    /// <param name="probabilities">Probabilities of the quantiles wanted; the median is always included.</param>
    public OrderStatistics(int count, ReadOnlySpan<double> probabilities)
    {
        this.count = count;
        var places = new SortedSet<int>();
        foreach (var probability in (ReadOnlySpan<double>)[0.5, .. probabilities])
        {
            var (lower, _) = Quantiles.Position(count, probability);
            places.Add(lower);
            places.Add(Math.Min(lower + 1, count - 1));
        }

        Places = [.. places];
        Values = new double[Places.Length];
    }

    /// <summary>Places wanted in the sorted order, from 0, ascending.</summary>
    public int[] Places { get; }

    /// <summary>The draws at those places.</summary>
    public double[] Values { get; }

    /// <summary>Median of the draws.</summary>
    public double Median => Quantile(0.5);

    /// <summary>Type 7 quantile of one of the probabilities asked for.</summary>
    public double Quantile(double probability)
    {
        var (lower, upper, fraction) = Neighbours(probability);
        return Quantiles.Interpolate(lower, upper, fraction);
    }

    /// <summary>
    /// Folds around the median. Of an even number of draws the middle two are equally far from it; rounding must not say otherwise,
    /// or R-hat would depend on the unit of the parameter.
    /// </summary>
    public FoldedKey Fold()
    {
        var (lower, upper, fraction) = Neighbours(0.5);
        var median = Quantiles.Interpolate(lower, upper, fraction);
        return new FoldedKey(median, fraction > 0.0 ? Math.Max(median - lower, upper - median) : 0.0);
    }

    private (double Lower, double Upper, double Fraction) Neighbours(double probability)
    {
        var (lower, fraction) = Quantiles.Position(count, probability);
        var place = Array.BinarySearch(Places, lower);
        return (Values[place], Values[Math.Min(place + 1, Values.Length - 1)], fraction);
    }
}
