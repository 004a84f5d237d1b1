using Calibrate.Numerics.Distributions.Special;
using MathNet.Numerics;

namespace Calibrate.Numerics.Distributions;

/// <summary>
/// Azzalini's skew normal distribution: <c>skew_normal(location, scale, shape)</c>; shape zero is the normal distribution, a
/// positive shape has the longer tail on the right.
/// </summary>
/// <remarks>A. Azzalini, Scand. J. Statist. 12, 171 (1985).</remarks>
public sealed class SkewNormal : IDistribution
{
    private readonly double logNorm;
    private readonly SkewNormalTail tail;

    /// <summary>Creates the distribution with density 2 / scale phi(z) Phi(shape z), z = (x - location) / scale.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public SkewNormal(double location, double scale, double shape)
    {
        Location = Argument.Finite("skew_normal", "location", location);
        Scale = Argument.Positive("skew_normal", "scale", scale);
        Shape = Argument.Finite("skew_normal", "shape", shape);
        logNorm = Constants.Ln2 - Elementary.Log(scale);
        tail = new SkewNormalTail(Math.Abs(shape));
    }

    /// <summary>Location: the mean of the normal distribution with shape zero.</summary>
    public double Location { get; }

    /// <summary>Scale: the standard deviation of the normal distribution with shape zero.</summary>
    public double Scale { get; }

    /// <summary>Shape: the slant, of either sign.</summary>
    public double Shape { get; }

    /// <inheritdoc/>
    public Support Support => Support.RealLine;

    /// <inheritdoc/>
    public double Mean => Location + (Scale * StandardMean);

    /// <inheritdoc/>
    public double StandardDeviation => Scale * Math.Sqrt(1 - (StandardMean * StandardMean));

    // delta sqrt(2 / pi) with delta = shape / sqrt(1 + shape^2), written so that a large shape does not overflow.
    private double StandardMean => Shape == 0
        ? 0
        : Math.Sign(Shape) * Math.Sqrt(2 / Math.PI) / Math.Sqrt(1 + (1 / Shape / Shape));

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        double z = Standardise(x);
        return double.IsInfinity(z)
            ? double.NegativeInfinity
            : logNorm + StandardNormal.LogDensity(z) + StandardNormal.LogCdf(Shape * z);
    }

    /// <inheritdoc/>
    public double Cdf(double x) => Elementary.Exp(LogCdf(x));

    /// <inheritdoc/>
    public double LogCdf(double x) => Shape < 0 ? tail.LogSurvival(-Standardise(x)) : tail.LogCdf(Standardise(x));

    /// <inheritdoc/>
    public double LogSurvival(double x) => Shape < 0 ? tail.LogCdf(-Standardise(x)) : tail.LogSurvival(Standardise(x));

    /// <inheritdoc/>
    public double Quantile(double probability) => QuantileSearch.Quantile(
        this, probability, Mean + (StandardDeviation * NormalQuantile.Of(Argument.Probability(probability))));

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => QuantileSearch.UpperQuantile(
        this, probability, Mean - (StandardDeviation * NormalQuantile.Of(Argument.Probability(probability))));

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("skew_normal", Location, Scale, Shape);

    private double Standardise(double x) => (x - Location) / Scale;
}
