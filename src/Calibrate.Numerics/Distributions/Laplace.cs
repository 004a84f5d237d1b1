using Calibrate.Numerics.Distributions.Special;
using MathNet.Numerics;

namespace Calibrate.Numerics.Distributions;

/// <summary>The Laplace (double exponential) distribution: <c>laplace(location, scale)</c>.</summary>
public sealed class Laplace : IDistribution, IPiecewiseDensity
{
    private readonly double logNorm;

    /// <summary>Creates the distribution from its median and the mean distance to it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public Laplace(double location, double scale)
    {
        Location = Argument.Finite("laplace", "location", location);
        Scale = Argument.Positive("laplace", "scale", scale);
        logNorm = -Constants.Ln2 - Elementary.Log(scale);
    }

    /// <summary>The median and mean.</summary>
    public double Location { get; }

    /// <summary>Mean distance to the median.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public Support Support => Support.RealLine;

    /// <inheritdoc/>
    public double Mean => Location;

    /// <inheritdoc/>
    public double StandardDeviation => Constants.Sqrt2 * Scale;

    double IPiecewiseDensity.Knot => Location;

    /// <inheritdoc/>
    public double LogDensity(double x) => logNorm - (Math.Abs(x - Location) / Scale);

    /// <inheritdoc/>
    public double Cdf(double x)
    {
        double z = Standardise(x);
        return z <= 0 ? 0.5 * Elementary.Exp(z) : 1 - (0.5 * Elementary.Exp(-z));
    }

    /// <inheritdoc/>
    public double LogCdf(double x) => StandardLogCdf(Standardise(x));

    /// <inheritdoc/>
    public double LogSurvival(double x) => StandardLogCdf(-Standardise(x));

    /// <inheritdoc/>
    public double Quantile(double probability) => Location + (Scale * StandardQuantile(probability));

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => Location - (Scale * StandardQuantile(probability));

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("laplace", Location, Scale);

    private static double StandardLogCdf(double z) => z <= 0 ? z - Constants.Ln2 : LogExp.LogOnePlus(-0.5 * Elementary.Exp(-z));

    private static double StandardQuantile(double probability) => Argument.Probability(probability) <= 0.5
        ? Elementary.Log(2 * probability)
        : -Elementary.Log(2 * (1 - probability));

    private double Standardise(double x) => (x - Location) / Scale;
}
