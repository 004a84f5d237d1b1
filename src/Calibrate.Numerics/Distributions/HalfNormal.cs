using Calibrate.Numerics.Distributions.Special;
using MathNet.Numerics;

namespace Calibrate.Numerics.Distributions;

/// <summary>The distribution of |X| for X normal with mean zero: <c>half_normal(sigma)</c>.</summary>
public sealed class HalfNormal : IDistribution
{
    private const double LogTwo = Constants.Ln2;

    private readonly double logNorm;

    /// <summary>Creates the distribution from the standard deviation of the normal distribution that is folded.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sigma"/> is not positive and finite.</exception>
    public HalfNormal(double sigma)
    {
        Sigma = Argument.Positive("half_normal", "sigma", sigma);
        logNorm = LogTwo - Elementary.Log(sigma) - StandardNormal.LogRootTwoPi;
    }

    /// <summary>Standard deviation of the normal distribution that is folded.</summary>
    public double Sigma { get; }

    /// <inheritdoc/>
    public Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public double Mean => Sigma * Math.Sqrt(2 / Math.PI);

    /// <inheritdoc/>
    public double StandardDeviation => Sigma * Math.Sqrt(1 - (2 / Math.PI));

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        double z = x / Sigma;
        return x < 0 ? double.NegativeInfinity : logNorm - (0.5 * z * z);
    }

    /// <inheritdoc/>
    public double Cdf(double x) => x <= 0 ? 0 : SpecialFunctions.Erf(x / Sigma / Constants.Sqrt2);

    /// <inheritdoc/>
    public double LogCdf(double x) =>
        x > Sigma ? LogExp.LogOneMinusExp(LogSurvival(x)) : Elementary.Log(Cdf(x));

    /// <inheritdoc/>
    public double LogSurvival(double x) => x <= 0 ? 0 : LogTwo + StandardNormal.LogCdf(-x / Sigma);

    /// <inheritdoc/>
    public double Quantile(double probability) => Argument.Probability(probability) > 0.5
        ? UpperQuantile(1 - probability)
        : QuantileSearch.Quantile(this, probability, start: 1.25 * Sigma * probability);

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => Argument.Probability(probability) > 0.5
        ? Quantile(1 - probability)
        : -Sigma * NormalQuantile.Of(0.5 * probability);

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("half_normal", Sigma);
}
