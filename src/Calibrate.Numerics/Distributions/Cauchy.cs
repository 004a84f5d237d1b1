using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>The Cauchy (Lorentz) distribution, without mean or variance: <c>cauchy(location, scale)</c>.</summary>
public sealed class Cauchy : IDistribution
{
    private readonly double logNorm;

    /// <summary>Creates the distribution from its median and its half width at half maximum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public Cauchy(double location, double scale)
    {
        Location = Argument.Finite("cauchy", "location", location);
        Scale = Argument.Positive("cauchy", "scale", scale);
        logNorm = -Elementary.Log(Math.PI) - Elementary.Log(scale);
    }

    /// <summary>The median.</summary>
    public double Location { get; }

    /// <summary>Half width at half maximum.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public Support Support => Support.RealLine;

    /// <inheritdoc/>
    public double Mean => double.NaN;

    /// <inheritdoc/>
    public double StandardDeviation => double.NaN;

    /// <inheritdoc/>
    public double LogDensity(double x) => logNorm - LogExp.LogOnePlusSquare(Standardise(x));

    /// <inheritdoc/>
    public double Cdf(double x) => StandardCdf(Standardise(x));

    /// <inheritdoc/>
    public double LogCdf(double x) => StandardLogCdf(Standardise(x));

    /// <inheritdoc/>
    public double LogSurvival(double x) => StandardLogCdf(-Standardise(x));

    /// <inheritdoc/>
    public double Quantile(double probability) => Location + (Scale * StandardQuantile(probability));

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => Location - (Scale * StandardQuantile(probability));

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("cauchy", Location, Scale);

    private static double StandardCdf(double z) =>
        z < -1 ? Math.Atan(-1 / z) / Math.PI : z > 1 ? 1 - (Math.Atan(1 / z) / Math.PI) : 0.5 + (Math.Atan(z) / Math.PI);

    private static double StandardLogCdf(double z) =>
        z > 1 ? LogExp.LogOnePlus(-StandardCdf(-z)) : Elementary.Log(StandardCdf(z));

    // Around the median tan is taken of the small angle p - 1/2, in the tails as a cotangent of the small angle p.
    private static double StandardQuantile(double probability) => Argument.Probability(probability) switch
    {
        0 => double.NegativeInfinity,
        1 => double.PositiveInfinity,
        < 0.25 => -1 / Math.Tan(Math.PI * probability),
        > 0.75 => 1 / Math.Tan(Math.PI * (1 - probability)),
        _ => Math.Tan(Math.PI * (probability - 0.5)),
    };

    private double Standardise(double x) => (x - Location) / Scale;
}
