using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>The distribution of 1 / X for X gamma: <c>inverse_gamma(shape, scale)</c>.</summary>
public sealed class InverseGamma : IDistribution
{
    private readonly double logPeak;
    private readonly double mode;
    private readonly Gamma unitGamma;

    /// <summary>Creates the distribution from its shape (1e-10 to 1e10) and its scale (the rate of the gamma distribution of 1 / x).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public InverseGamma(double shape, double scale)
    {
        Shape = Argument.Shape("inverse_gamma", "shape", shape);
        Scale = Argument.Positive("inverse_gamma", "scale", scale);
        unitGamma = new Gamma(shape, 1);
        mode = scale / (shape + 1);
        logPeak = IncompleteGamma.LogPrefactor(shape, shape + 1) - Elementary.Log(mode);
    }

    /// <summary>Shape: the density falls like x^-(shape + 1) far out.</summary>
    public double Shape { get; }

    /// <summary>Scale.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public double Mean => Shape > 1 ? Scale / (Shape - 1) : double.NaN;

    /// <inheritdoc/>
    public double StandardDeviation => Shape > 2 ? Scale / (Shape - 1) / Math.Sqrt(Shape - 2) : double.NaN;

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        if (x <= 0)
        {
            return double.NegativeInfinity;
        }

        // Relative to the peak, so that large shapes do not cancel.
        double ratio = mode / x;
        return double.IsPositiveInfinity(ratio)
            ? double.NegativeInfinity
            : logPeak + ((Shape + 1) * (Elementary.Log(ratio) - (ratio - 1)));
    }

    /// <inheritdoc/>
    public double Cdf(double x) => Elementary.Exp(LogCdf(x));

    /// <inheritdoc/>
    public double LogCdf(double x) =>
        x <= 0 ? double.NegativeInfinity : IncompleteGamma.LogUpper(Shape, Scale / x);

    /// <inheritdoc/>
    public double LogSurvival(double x) => x <= 0 ? 0 : IncompleteGamma.LogLower(Shape, Scale / x);

    /// <inheritdoc/>
    public double Quantile(double probability) => Scale / unitGamma.UpperQuantile(probability);

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => Scale / unitGamma.Quantile(probability);

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("inverse_gamma", Shape, Scale);
}
