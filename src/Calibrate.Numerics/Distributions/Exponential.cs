using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>The exponential distribution: <c>exponential(rate)</c>, with mean 1 / rate.</summary>
public sealed class Exponential : IDistribution
{
    private readonly double logRate;

    /// <summary>Creates the distribution from its rate, the inverse of its mean.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is not positive and finite.</exception>
    public Exponential(double rate)
    {
        Rate = Argument.Positive("exponential", "rate", rate);
        logRate = Elementary.Log(rate);
    }

    /// <summary>The inverse of the mean.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public double Mean => 1 / Rate;

    /// <inheritdoc/>
    public double StandardDeviation => 1 / Rate;

    /// <inheritdoc/>
    public double LogDensity(double x) => x < 0 ? double.NegativeInfinity : logRate - (Rate * x);

    /// <inheritdoc/>
    public double Cdf(double x) => x <= 0 ? 0 : -LogExp.ExpMinusOne(-Rate * x);

    /// <inheritdoc/>
    public double LogCdf(double x) => x <= 0 ? double.NegativeInfinity : LogExp.LogOneMinusExp(-Rate * x);

    /// <inheritdoc/>
    public double LogSurvival(double x) => x <= 0 ? 0 : -Rate * x;

    /// <inheritdoc/>
    public double Quantile(double probability) => -LogExp.LogOnePlus(-Argument.Probability(probability)) / Rate;

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => -Elementary.Log(Argument.Probability(probability)) / Rate;

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("exponential", Rate);
}
