using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>The logistic distribution: <c>logistic(location, scale)</c>.</summary>
public sealed class Logistic : IDistribution
{
    private readonly double logScale;

    /// <summary>Creates the distribution with cdf 1 / (1 + exp(-(x - location) / scale)).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public Logistic(double location, double scale)
    {
        Location = Argument.Finite("logistic", "location", location);
        Scale = Argument.Positive("logistic", "scale", scale);
        logScale = Elementary.Log(scale);
    }

    /// <summary>The median and mean.</summary>
    public double Location { get; }

    /// <summary>Scale; the standard deviation is larger by pi / sqrt(3).</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public Support Support => Support.RealLine;

    /// <inheritdoc/>
    public double Mean => Location;

    /// <inheritdoc/>
    public double StandardDeviation => Scale * (Math.PI / Math.Sqrt(3));

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        double distance = Math.Abs(Standardise(x));
        return -distance - (2 * LogExp.LogOnePlus(Elementary.Exp(-distance))) - logScale;
    }

    /// <inheritdoc/>
    public double Cdf(double x) => Elementary.Exp(LogCdf(x));

    /// <inheritdoc/>
    public double LogCdf(double x) => StandardLogCdf(Standardise(x));

    /// <inheritdoc/>
    public double LogSurvival(double x) => StandardLogCdf(-Standardise(x));

    /// <inheritdoc/>
    public double Quantile(double probability) => Location + (Scale * LogOdds(probability));

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => Location - (Scale * LogOdds(probability));

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("logistic", Location, Scale);

    private static double StandardLogCdf(double z) =>
        z < 0 ? z - LogExp.LogOnePlus(Elementary.Exp(z)) : -LogExp.LogOnePlus(Elementary.Exp(-z));

    private static double LogOdds(double probability) =>
        Elementary.Log(Argument.Probability(probability)) - LogExp.LogOnePlus(-probability);

    private double Standardise(double x) => (x - Location) / Scale;
}
