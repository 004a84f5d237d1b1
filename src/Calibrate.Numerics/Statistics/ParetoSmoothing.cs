namespace Calibrate.Numerics.Statistics;

/// <summary>Importance weights whose largest ones were replaced by expected order statistics of a fitted tail.</summary>
/// <remarks>
/// A. Vehtari, D. Simpson, A. Gelman, Y. Yao, J. Gabry, "Pareto smoothed importance sampling", Journal of Machine Learning Research
/// 25 (2024) 72, algorithm 1; numbers agree with R package loo 2.5.1.
/// </remarks>
public sealed class ParetoSmoothing
{
    // As in loo: fewer values do not determine a tail.
    private const int ShortestTail = 5;

    // Weights that differ by rounding alone have no tail to fit (loo: machine epsilon / 100 on the log scale).
    private const double LeastSpread = 2.220446049250313e-18;

    private readonly double[] logWeights;
    private readonly double[] shares;

    // Takes log weights whose largest is about 0, and normalises them.
    private ParetoSmoothing(double[] logWeights, double shape, int tailLength, double relativeEfficiency)
    {
        this.logWeights = logWeights;
        shares = Normalise(logWeights);
        ParetoShape = shape;
        TailLength = tailLength;
        RelativeEfficiency = relativeEfficiency;
        EffectiveSampleSize = SizeOf(shares);
    }

    /// <summary>Smoothed log weights in the order of the draws, normalised: their exponentials sum to 1.</summary>
    public ReadOnlySpan<double> LogWeights => logWeights;

    /// <summary>Smoothed weights in the order of the draws; they sum to 1. Equal ratios give exactly 1 / S each.</summary>
    public ReadOnlySpan<double> Weights => shares;

    /// <summary>
    /// Pareto k, the fitted shape of the tail of the raw weights: below <see cref="Threshold"/> estimates can be trusted. Positive infinity
    /// when there is no saying; negative infinity when all weights are equal, so that there is no tail.
    /// </summary>
    public double ParetoShape { get; }

    /// <summary>Number of weights that were smoothed; 0 when there was no tail to fit.</summary>
    public int TailLength { get; }

    /// <summary>Effective draws per draw of the sample the weights belong to, as given.</summary>
    public double RelativeEfficiency { get; }

    /// <summary>1 / sum of squared normalised weights, for independent draws (A. Kong, technical report 348, University of Chicago, 1992).</summary>
    public double EffectiveSampleSize { get; }

    /// <summary>The effective sample size times the relative efficiency: that of the chain's dependent draws.</summary>
    public double DependentEffectiveSampleSize => EffectiveSampleSize * RelativeEfficiency;

    /// <summary>min(1 - 1 / log10(S), 0.7): the largest k at which S draws still give reliable estimates (section 3.2.4, equation 13).</summary>
    public double Threshold => ThresholdOf(logWeights.Length);

    /// <summary>Whether <see cref="ParetoShape"/> is at most <see cref="Threshold"/>.</summary>
    public bool IsReliable => ParetoShape <= Threshold;

    /// <summary>The largest Pareto k at which this many draws give reliable estimates: min(1 - 1 / log10(S), 0.7).</summary>
    /// <remarks>Section 3.2.4, equation 13; above 0.7 the bias dominates whatever the number of draws (section 3.2.3).</remarks>
    /// <param name="draws">Number of draws S.</param>
    public static double ThresholdOf(int draws) => draws <= 1 ? double.NegativeInfinity : Math.Min(1 - (1 / Math.Log10(draws)), 0.7);

    /// <summary>Length of the tail that is smoothed: ceil(min(0.2 S, 3 sqrt(S / r_eff))) (appendix H).</summary>
    /// <param name="draws">Number of draws S.</param>
    /// <param name="relativeEfficiency">Effective draws per draw, above 0.</param>
    public static int TailLengthOf(int draws, double relativeEfficiency) =>
        (int)Math.Ceiling(Math.Min(0.2 * draws, 3 * Math.Sqrt(draws / relativeEfficiency)));

    /// <summary>Smooths the weights of a sample.</summary>
    /// <param name="logRatios">
    /// Log importance ratios up to a constant, one per draw: finite, or negative infinity for draws that weigh nothing; at least one finite.
    /// </param>
    /// <param name="relativeEfficiency">Effective draws per draw of the sample, above 0; 1 for independent draws.</param>
    /// <exception cref="ArgumentException">A ratio is NaN or positive infinity, or none is finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The efficiency is not a number above 0.</exception>
    public static ParetoSmoothing Of(ReadOnlySpan<double> logRatios, double relativeEfficiency = 1)
    {
        if (!(relativeEfficiency > 0) || double.IsInfinity(relativeEfficiency))
        {
            throw new ArgumentOutOfRangeException(nameof(relativeEfficiency), relativeEfficiency, "not a number above 0");
        }

        var weights = Shifted(logRatios);
        var length = TailLengthOf(weights.Length, relativeEfficiency);
        var shape = double.PositiveInfinity;
        if (weights.All(weight => weight == 0))
        {
            (shape, length) = (double.NegativeInfinity, 0);
        }
        else if (length < ShortestTail || !TrySmooth(weights, length, out shape))
        {
            length = 0;
        }

        return new ParetoSmoothing(weights, shape, length, relativeEfficiency);
    }

    private static double[] Shifted(ReadOnlySpan<double> logRatios)
    {
        var largest = double.NegativeInfinity;
        foreach (var ratio in logRatios)
        {
            if (!(ratio < double.PositiveInfinity))
            {
                throw new ArgumentException("A log ratio is NaN or positive infinity.", nameof(logRatios));
            }

            largest = Math.Max(largest, ratio);
        }

        if (double.IsNegativeInfinity(largest))
        {
            throw new ArgumentException("No log ratio is finite.", nameof(logRatios));
        }

        var weights = logRatios.ToArray();
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] -= largest;
        }

        return weights;
    }

    // The tail is replaced in place by expected order statistics of the fit, none larger than the largest raw weight, which is 1.
    private static bool TrySmooth(double[] weights, int length, out double shape)
    {
        shape = double.PositiveInfinity;
        var order = Enumerable.Range(0, weights.Length).ToArray();
        var sorted = (double[])weights.Clone();
        Array.Sort(sorted, order);
        var first = sorted.Length - length;
        if (sorted[^1] - sorted[first] < LeastSpread)
        {
            return false;
        }

        var cutoff = Elementary.Exp(sorted[first - 1]);
        var exceedances = new double[length];
        for (var i = 0; i < length; i++)
        {
            exceedances[i] = Elementary.Exp(sorted[first + i]) - cutoff;
        }

        var tail = GeneralizedPareto.Fit(exceedances);
        shape = tail.Shape;
        if (!tail.IsFitted)
        {
            shape = double.PositiveInfinity;
            return false;
        }

        for (var i = 0; i < length; i++)
        {
            var weight = tail.Quantile((i + 0.5) / length) + cutoff;
            weights[order[first + i]] = Math.Min(0, Elementary.Log(weight));
        }

        return true;
    }

    // Logs are normalised in place; the weights do not go through a logarithm again, so that equal ones are exactly equal shares.
    private static double[] Normalise(double[] logs)
    {
        var weights = Array.ConvertAll(logs, Elementary.Exp);
        var sum = weights.Sum();
        var logSum = Elementary.Log(sum);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
            logs[i] -= logSum;
        }

        return weights;
    }

    private static double SizeOf(double[] weights)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var weight in weights)
        {
            sum += weight;
            squares += weight * weight;
        }

        return sum * sum / squares;
    }
}
