using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>The gamma distribution: <c>gamma(shape, rate)</c>, with mean shape / rate.</summary>
public sealed class Gamma : IDistribution
{
    // Above this shape the log density is taken relative to its peak, so that large shapes do not cancel.
    private const double Peaked = 2;

    private readonly double logNorm;
    private readonly double mode;

    /// <summary>Creates the distribution from its shape (1e-10 to 1e10) and its rate (the inverse of the scale).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public Gamma(double shape, double rate)
    {
        Shape = Argument.Shape("gamma", "shape", shape);
        Rate = Argument.Positive("gamma", "rate", rate);
        mode = (shape - 1) / rate;
        logNorm = shape > Peaked
            ? IncompleteGamma.LogPrefactor(shape, shape - 1) - Elementary.Log(mode)
            : (shape * Elementary.Log(rate)) - GammaFunction.Log(shape);
    }

    /// <summary>Shape: the density behaves like x^(shape - 1) near zero.</summary>
    public double Shape { get; }

    /// <summary>Rate: the density behaves like e^(-rate x) far out.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public double Mean => Shape / Rate;

    /// <inheritdoc/>
    public double StandardDeviation => Math.Sqrt(Shape) / Rate;

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        if (x <= 0)
        {
            return x == 0 && Shape == 1 ? logNorm : double.NegativeInfinity;
        }

        if (double.IsPositiveInfinity(x))
        {
            return double.NegativeInfinity;
        }

        if (Shape > Peaked)
        {
            double ratio = x / mode;
            return logNorm + ((Shape - 1) * (Elementary.Log(ratio) - (ratio - 1)));
        }

        return logNorm + ((Shape - 1) * Elementary.Log(x)) - (Rate * x);
    }

    /// <inheritdoc/>
    public double Cdf(double x) => Elementary.Exp(LogCdf(x));

    /// <inheritdoc/>
    public double LogCdf(double x) => IncompleteGamma.LogLower(Shape, Rate * x);

    /// <inheritdoc/>
    public double LogSurvival(double x) => IncompleteGamma.LogUpper(Shape, Rate * x);

    /// <inheritdoc/>
    public double Quantile(double probability) =>
        QuantileSearch.Quantile(this, probability, Start(probability, NormalQuantile.Of(Argument.Probability(probability))));

    /// <inheritdoc/>
    public double UpperQuantile(double probability) =>
        QuantileSearch.UpperQuantile(this, probability, Start(1 - probability, -NormalQuantile.Of(Argument.Probability(probability))));

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("gamma", Shape, Rate);

    // Near zero the cdf is (rate x)^shape / Gamma(shape + 1); elsewhere the cube root of a gamma variate is nearly normal
    // (E. B. Wilson, M. M. Hilferty, PNAS 17, 684 (1931)).
    private double Start(double probability, double z)
    {
        double small = Elementary.Exp((Elementary.Log(probability) + GammaFunction.Log(Shape + 1)) / Shape);
        double cubeRoot = 1 - (1 / (9 * Shape)) + (z / (3 * Math.Sqrt(Shape)));
        return (small < 0.2 * (Shape + 1) ? small : Shape * cubeRoot * cubeRoot * cubeRoot) / Rate;
    }
}
