using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>The Weibull distribution: <c>weibull(shape, scale)</c>.</summary>
public sealed class Weibull : IDistribution
{
    private readonly double logNorm;

    /// <summary>Creates the distribution with survival function exp(-(x / scale)^shape).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not positive and finite.</exception>
    public Weibull(double shape, double scale)
    {
        Shape = Argument.Positive("weibull", "shape", shape);
        Scale = Argument.Positive("weibull", "scale", scale);
        logNorm = Elementary.Log(shape) - Elementary.Log(scale);
    }

    /// <summary>Shape: below one the hazard falls with x, above one it rises.</summary>
    public double Shape { get; }

    /// <summary>Scale: the quantile of 1 - 1/e.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public double Mean => Scale * Elementary.Exp(GammaFunction.Log(1 + (1 / Shape)));

    /// <inheritdoc/>
    public double StandardDeviation
    {
        get
        {
            // Gamma(1 + 2/k) - Gamma(1 + 1/k)^2 cancels for large k; there the variance is integrated numerically.
            if (Shape > 10)
            {
                return QuantileMoments.Of(this).StandardDeviation;
            }

            double logMean = GammaFunction.Log(1 + (1 / Shape));
            double excess = GammaFunction.Log(1 + (2 / Shape)) - (2 * logMean);
            return Scale * Elementary.Exp(logMean) * Math.Sqrt(LogExp.ExpMinusOne(excess));
        }
    }

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        if (x <= 0)
        {
            return x == 0 && Shape == 1 ? logNorm : double.NegativeInfinity;
        }

        double logRatio = Elementary.Log(x / Scale);
        return double.IsPositiveInfinity(x)
            ? double.NegativeInfinity
            : logNorm + ((Shape - 1) * logRatio) - Elementary.Exp(Shape * logRatio);
    }

    /// <inheritdoc/>
    public double Cdf(double x) => x <= 0 ? 0 : -LogExp.ExpMinusOne(-Hazard(x));

    /// <inheritdoc/>
    public double LogCdf(double x) => x <= 0 ? double.NegativeInfinity : LogExp.LogOneMinusExp(-Hazard(x));

    /// <inheritdoc/>
    public double LogSurvival(double x) => x <= 0 ? 0 : -Hazard(x);

    /// <inheritdoc/>
    public double Quantile(double probability) =>
        Scale * Math.Pow(-LogExp.LogOnePlus(-Argument.Probability(probability)), 1 / Shape);

    /// <inheritdoc/>
    public double UpperQuantile(double probability) =>
        Scale * Math.Pow(-Elementary.Log(Argument.Probability(probability)), 1 / Shape);

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("weibull", Shape, Scale);

    private double Hazard(double x) => Math.Pow(x / Scale, Shape);
}
