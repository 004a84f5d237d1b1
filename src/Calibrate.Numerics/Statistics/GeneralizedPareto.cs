using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Statistics;

/// <summary>A generalised Pareto distribution above zero: shape k and scale sigma, fitted to exceedances over a threshold.</summary>
/// <remarks>
/// J. Zhang and M. A. Stephens, "A new and efficient estimation method for the generalized Pareto distribution", Technometrics 51
/// (2009) 316, section 4: the posterior mean of theta = -k / sigma on a grid of profile likelihoods, with their prior. The sign of k
/// follows Vehtari et al. (2024), as in R package loo: heavy tails have k above zero. Their shrinkage of k towards 1/2 by a prior
/// worth ten exceedances, as R package loo 2.5.1 does it, tells k of short tails with less noise; the scale is that of the fit.
/// </remarks>
/// <param name="Shape">The shape k: moments of order 1/k and above do not exist. Positive infinity when nothing could be fitted.</param>
/// <param name="Scale">The scale sigma, above zero; NaN when nothing could be fitted.</param>
public readonly record struct GeneralizedPareto(double Shape, double Scale)
{
    // Zhang and Stephens' recommendation: 20 + sqrt(n) points of the grid and a prior quantile factor of 3; loo uses at least 30.
    private const int FewestGridPoints = 30;
    private const double PriorFactor = 3;

    private const double PriorShape = 0.5;
    private const double PriorWeight = 10;

    /// <summary>Whether there is a distribution: the fit gave finite numbers.</summary>
    public bool IsFitted => double.IsFinite(Shape) && Scale > 0;

    /// <summary>Fits the distribution to exceedances.</summary>
    /// <param name="exceedances">Values above a threshold less the threshold, in ascending order; the largest above zero.</param>
    /// <returns>The fit; its shape is positive infinity when the exceedances determine none.</returns>
    public static GeneralizedPareto Fit(ReadOnlySpan<double> exceedances)
    {
        if (exceedances.IsEmpty)
        {
            return new GeneralizedPareto(double.PositiveInfinity, double.NaN);
        }

        var theta = PosteriorMeanOfTheta(exceedances);
        var shape = MeanLogOnePlus(-theta, exceedances);
        var scale = -shape / theta;
        var count = (double)exceedances.Length;
        var regularised = ((shape * count) + (PriorShape * PriorWeight)) / (count + PriorWeight);
        return new GeneralizedPareto(double.IsNaN(regularised) ? double.PositiveInfinity : regularised, scale);
    }

    /// <summary>The quantile, sigma ((1 - p)^-k - 1) / k.</summary>
    /// <param name="probability">Probability in [0, 1).</param>
    public double Quantile(double probability)
    {
        var exponential = -LogExp.LogOnePlus(-probability);
        return Shape == 0 ? Scale * exponential : Scale * LogExp.ExpMinusOne(Shape * exponential) / Shape;
    }

    private static double PosteriorMeanOfTheta(ReadOnlySpan<double> exceedances)
    {
        var count = exceedances.Length;
        var points = FewestGridPoints + (int)Math.Floor(Math.Sqrt(count));
        var firstQuartile = exceedances[Math.Max(0, (int)Math.Floor((count / 4.0) + 0.5) - 1)];
        var theta = new double[points];
        var logLikelihoods = new double[points];
        for (var j = 0; j < points; j++)
        {
            theta[j] = (1 / exceedances[^1]) + ((1 - Math.Sqrt(points / (j + 0.5))) / (PriorFactor * firstQuartile));
            var shape = MeanLogOnePlus(-theta[j], exceedances);
            logLikelihoods[j] = count * (Elementary.Log(-theta[j] / shape) - shape - 1);
        }

        var (sum, mean) = (0.0, 0.0);
        var largest = logLikelihoods.Max();
        for (var j = 0; j < points; j++)
        {
            var weight = Elementary.Exp(logLikelihoods[j] - largest);
            sum += weight;
            mean += weight * theta[j];
        }

        return mean / sum;
    }

    private static double MeanLogOnePlus(double factor, ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += LogExp.LogOnePlus(factor * value);
        }

        return sum / values.Length;
    }
}
