using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>The distribution of |X| for X Cauchy with location zero: <c>half_cauchy(scale)</c>.</summary>
public sealed class HalfCauchy : IDistribution
{
    private readonly double logNorm;

    /// <summary>Creates the distribution from its scale, which is also its median.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is not positive and finite.</exception>
    public HalfCauchy(double scale)
    {
        Scale = Argument.Positive("half_cauchy", "scale", scale);
        logNorm = Elementary.Log(2 / Math.PI) - Elementary.Log(scale);
    }

    /// <summary>The median.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public double Mean => double.NaN;

    /// <inheritdoc/>
    public double StandardDeviation => double.NaN;

    /// <inheritdoc/>
    public double LogDensity(double x) =>
        x < 0 ? double.NegativeInfinity : logNorm - LogExp.LogOnePlusSquare(x / Scale);

    /// <inheritdoc/>
    public double Cdf(double x) => x <= 0 ? 0 : x > Scale ? 1 - Angle(Scale / x) : Angle(x / Scale);

    /// <inheritdoc/>
    public double LogCdf(double x) => x > Scale ? LogExp.LogOnePlus(-Angle(Scale / x)) : Elementary.Log(Cdf(x));

    /// <inheritdoc/>
    public double LogSurvival(double x) =>
        x <= 0 ? 0 : x > Scale ? Elementary.Log(Angle(Scale / x)) : LogExp.LogOnePlus(-Angle(x / Scale));

    /// <inheritdoc/>
    public double Quantile(double probability) => Argument.Probability(probability) <= 0.5
        ? Scale * Math.Tan(0.5 * Math.PI * probability)
        : Scale / Math.Tan(0.5 * Math.PI * (1 - probability));

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => Argument.Probability(probability) <= 0.5
        ? Scale / Math.Tan(0.5 * Math.PI * probability)
        : Scale * Math.Tan(0.5 * Math.PI * (1 - probability));

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("half_cauchy", Scale);

    private static double Angle(double ratio) => Math.Atan(ratio) * (2 / Math.PI);
}
