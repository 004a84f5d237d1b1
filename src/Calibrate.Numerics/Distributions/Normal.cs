using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>The normal distribution: <c>normal(mean, sd)</c>.</summary>
public sealed class Normal : IDistribution
{
    private readonly double logNorm;

    /// <summary>Creates the distribution from a finite mean and a positive standard deviation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public Normal(double mean, double standardDeviation)
    {
        Mean = Argument.Finite("normal", "mean", mean);
        StandardDeviation = Argument.Positive("normal", "sd", standardDeviation);
        logNorm = -Elementary.Log(standardDeviation) - StandardNormal.LogRootTwoPi;
    }

    /// <inheritdoc/>
    public double Mean { get; }

    /// <inheritdoc/>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public Support Support => Support.RealLine;

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        double z = Standardise(x);
        return logNorm - (0.5 * z * z);
    }

    /// <inheritdoc/>
    public double Cdf(double x) => StandardNormal.Cdf(Standardise(x));

    /// <inheritdoc/>
    public double LogCdf(double x) => StandardNormal.LogCdf(Standardise(x));

    /// <inheritdoc/>
    public double LogSurvival(double x) => StandardNormal.LogCdf(-Standardise(x));

    /// <inheritdoc/>
    public double Quantile(double probability) =>
        Mean + (StandardDeviation * NormalQuantile.Of(Argument.Probability(probability)));

    /// <inheritdoc/>
    public double UpperQuantile(double probability) =>
        Mean - (StandardDeviation * NormalQuantile.Of(Argument.Probability(probability)));

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("normal", Mean, StandardDeviation);

    private double Standardise(double x) => (x - Mean) / StandardDeviation;
}
