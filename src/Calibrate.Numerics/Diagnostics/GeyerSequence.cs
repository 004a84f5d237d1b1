using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Effective sample size from autocovariances: Vehtari, Gelman, Simpson, Carpenter and Bürkner, "Rank-normalization, folding, and
/// localization: an improved R-hat", Bayesian Analysis 16 (2021) 667, eqs. 10 to 13, with Geyer's (1992) initial positive and
/// monotone sequences, step by step as R package posterior 1.4.0 does it.
/// </summary>
internal static class GeyerSequence
{
    /// <summary>Fewer draws per series than this support no estimate.</summary>
    public const int MinimumLength = 3;

    /// <summary>posterior ends the sequence this many lags before the end of the series.</summary>
    private const int UnusedLags = 5;

    /// <summary>Effective sample size of the mean of all series, and the lag at which the autocorrelations were cut off.</summary>
    /// <remarks>
    /// NaN when a series is shorter than <see cref="MinimumLength"/> or everything is constant. Series of 3 to 5 draws, and
    /// ones that alternate so strictly that not even lags 0 and 1 add up to something positive, get half their number of draws:
    /// posterior's sum over an empty range of lags in R counts lag 0, kept for agreement.
    /// </remarks>
    public static (double Size, int Cut) EffectiveSampleSize(Autocovariance autocovariance)
    {
        var length = autocovariance.Length;
        var moments = autocovariance.Moments;
        if (length < MinimumLength)
        {
            return (double.NaN, 0);
        }

        var biasedVariance = autocovariance[0];
        var within = biasedVariance * length / (length - 1);
        var (totalVariance, mean) = (biasedVariance, moments[0].Mean);
        if (moments.Length > 1)
        {
            var between = ChainVariances.BetweenMeans(moments);
            totalVariance += between.Variance;
            mean = between.Mean;
        }

        if (!ChainVariances.IsMeaningful(totalVariance, mean))
        {
            return (double.NaN, 0);
        }

        double Correlation(int lag) => 1.0 - ((within - autocovariance[lag]) / totalVariance);

        var (correlations, cut) = InitialPositive(Correlation, length);
        MakeMonotone(correlations, cut);
        var time = -1.0 + correlations[cut];
        for (var lag = 0; lag < Math.Max(cut, 1); lag++)
        {
            time += 2.0 * correlations[lag];
        }

        // Antithetic chains: n log10(n) is the most that a finite number of draws can support (Vehtari et al. 2021, section 3.2).
        var draws = (double)moments.Length * length;
        return (draws / Math.Max(time, 1.0 / Math.Log10(draws)), cut);
    }

    /// <summary>Keeps pairs of autocorrelations as long as they add up to something positive.</summary>
    private static (List<double> Correlations, int Cut) InitialPositive(Func<int, double> correlation, int length)
    {
        var correlations = new List<double> { 1.0, correlation(1) };
        var lag = 0;
        var (even, odd) = (correlations[0], correlations[1]);
        while (lag < length - UnusedLags && even + odd > 0.0)
        {
            lag += 2;
            (even, odd) = (correlation(lag), correlation(lag + 1));
            var positive = even + odd >= 0.0;
            correlations.Add(positive ? even : 0.0);
            correlations.Add(positive ? odd : 0.0);
        }

        // The improved estimate keeps the last even lag by itself: less variance for antithetic chains.
        if (even > 0.0)
        {
            correlations[lag] = even;
        }

        return (correlations, lag);
    }

    private static void MakeMonotone(List<double> correlations, int cut)
    {
        for (var lag = 2; lag <= cut - 2; lag += 2)
        {
            var previous = correlations[lag - 2] + correlations[lag - 1];
            if (correlations[lag] + correlations[lag + 1] > previous)
            {
                correlations[lag] = 0.5 * previous;
                correlations[lag + 1] = 0.5 * previous;
            }
        }
    }
}
