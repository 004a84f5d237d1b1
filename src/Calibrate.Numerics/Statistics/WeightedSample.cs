namespace Calibrate.Numerics.Statistics;

/// <summary>Estimates from draws with importance weights that sum to 1. Equal weights give the plain sample's estimates, up to rounding.</summary>
public static class WeightedSample
{
    /// <summary>Weighted mean.</summary>
    /// <param name="sample">The draws.</param>
    /// <param name="weights">Their weights, at least 0, with sum 1.</param>
    public static double Mean(ReadOnlySpan<double> sample, ReadOnlySpan<double> weights)
    {
        var mean = 0.0;
        for (var i = 0; i < sample.Length; i++)
        {
            mean += weights[i] * sample[i];
        }

        return mean;
    }

    /// <summary>Square root of the weighted variance with divisor 1 - sum of squared weights, which is (n - 1) / n for equal ones.</summary>
    /// <param name="sample">The draws.</param>
    /// <param name="weights">Their weights, at least 0, with sum 1.</param>
    /// <returns>NaN when a single draw bears all the weight.</returns>
    public static double StandardDeviation(ReadOnlySpan<double> sample, ReadOnlySpan<double> weights)
    {
        var (mean, sum, squares) = (Mean(sample, weights), 0.0, 0.0);
        for (var i = 0; i < sample.Length; i++)
        {
            var deviation = sample[i] - mean;
            sum += weights[i] * deviation * deviation;
            squares += weights[i] * weights[i];
        }

        return squares < 1 ? Math.Sqrt(sum / (1 - squares)) : double.NaN;
    }

    /// <summary>Monte Carlo standard error of the weighted mean: sqrt(sum of w^2 (x - mean)^2 / r_eff).</summary>
    /// <remarks>
    /// The delta method for self-normalised importance sampling: A. B. Owen, Monte Carlo theory, methods and examples, 2013, equation 9.9;
    /// with r_eff for dependent draws as in Vehtari et al., "Pareto smoothed importance sampling", JMLR 25 (2024) 72, section 3.4.
    /// </remarks>
    /// <param name="sample">The draws.</param>
    /// <param name="weights">Their weights, at least 0, with sum 1.</param>
    /// <param name="relativeEfficiency">Effective draws per draw, above 0.</param>
    public static double MeanError(ReadOnlySpan<double> sample, ReadOnlySpan<double> weights, double relativeEfficiency)
    {
        var (mean, sum) = (Mean(sample, weights), 0.0);
        for (var i = 0; i < sample.Length; i++)
        {
            var deviation = weights[i] * (sample[i] - mean);
            sum += deviation * deviation;
        }

        return Math.Sqrt(sum / relativeEfficiency);
    }

    /// <summary>Weighted quantiles; those of <see cref="Quantiles"/> when weights are equal.</summary>
    /// <remarks>
    /// A. Akinshin, "Weighted quantile estimators", arXiv:2304.07265 (2023), section 4: type 7 of Hyndman and Fan with Kish's effective
    /// size n* in place of n. With h = p (n* - 1), an order statistic counts for the share of [h / n*, (h + 1) / n*] that its
    /// stretch of cumulative weight covers.
    /// </remarks>
    /// <param name="sample">The draws, without NaN, at least one.</param>
    /// <param name="weights">Their weights, at least 0, with sum 1.</param>
    /// <param name="probabilities">Probabilities in [0, 1].</param>
    /// <returns>One quantile per probability.</returns>
    public static double[] Quantile(ReadOnlySpan<double> sample, ReadOnlySpan<double> weights, params ReadOnlySpan<double> probabilities)
    {
        var sorted = sample.ToArray();
        var sortedWeights = weights.ToArray();
        Array.Sort(sorted, sortedWeights);
        var squares = 0.0;
        foreach (var weight in sortedWeights)
        {
            squares += weight * weight;
        }

        var size = 1 / squares;
        var quantiles = new double[probabilities.Length];
        for (var k = 0; k < quantiles.Length; k++)
        {
            quantiles[k] = QuantileOf(sorted, sortedWeights, size, probabilities[k] * (size - 1));
        }

        return quantiles;
    }

    private static double QuantileOf(double[] sorted, double[] weights, double size, double h)
    {
        var (quantile, total, cumulative, before) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < sorted.Length; i++)
        {
            cumulative += weights[i];
            var share = Math.Clamp((cumulative * size) - h, 0, 1);
            if (share > before)
            {
                quantile += (share - before) * sorted[i];
                total += share - before;
                before = share;
            }
        }

        // The cumulative weights reach 1 only up to rounding.
        return total > 0 ? quantile / total : sorted[^1];
    }
}
