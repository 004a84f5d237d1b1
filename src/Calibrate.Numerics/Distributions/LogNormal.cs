using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>The distribution of e^X for X normal: <c>log_normal(mu, sigma)</c>, both parameters on the log scale.</summary>
public sealed class LogNormal : IDistribution
{
    private readonly double logNorm;

    /// <summary>Creates the distribution from the finite mean and the positive standard deviation of ln x.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public LogNormal(double mu, double sigma)
    {
        Mu = Argument.Finite("log_normal", "mu", mu);
        Sigma = Argument.Positive("log_normal", "sigma", sigma);
        logNorm = -Elementary.Log(sigma) - StandardNormal.LogRootTwoPi;
    }

    /// <summary>Mean of ln x.</summary>
    public double Mu { get; }

    /// <summary>Standard deviation of ln x.</summary>
    public double Sigma { get; }

    /// <inheritdoc/>
    public Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public double Mean => Elementary.Exp(Mu + (0.5 * Sigma * Sigma));

    /// <inheritdoc/>
    public double StandardDeviation => Mean * Math.Sqrt(LogExp.ExpMinusOne(Sigma * Sigma));

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        if (x <= 0)
        {
            return double.NegativeInfinity;
        }

        double log = Elementary.Log(x);
        double z = (log - Mu) / Sigma;
        return logNorm - (0.5 * z * z) - log;
    }

    /// <inheritdoc/>
    public double Cdf(double x) => x <= 0 ? 0 : StandardNormal.Cdf(Standardise(x));

    /// <inheritdoc/>
    public double LogCdf(double x) => x <= 0 ? double.NegativeInfinity : StandardNormal.LogCdf(Standardise(x));

    /// <inheritdoc/>
    public double LogSurvival(double x) => x <= 0 ? 0 : StandardNormal.LogCdf(-Standardise(x));

    /// <inheritdoc/>
    public double Quantile(double probability) =>
        Elementary.Exp(Mu + (Sigma * NormalQuantile.Of(Argument.Probability(probability))));

    /// <inheritdoc/>
    public double UpperQuantile(double probability) =>
        Elementary.Exp(Mu - (Sigma * NormalQuantile.Of(Argument.Probability(probability))));

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("log_normal", Mu, Sigma);

    private double Standardise(double x) => (Elementary.Log(x) - Mu) / Sigma;
}
