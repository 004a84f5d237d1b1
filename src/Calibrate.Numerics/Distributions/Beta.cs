using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>The beta distribution on [0, 1]: <c>beta(alpha, beta)</c>.</summary>
public sealed class Beta : IDistribution
{
    private readonly double logComplete;
    private readonly Beta mirrored;

    /// <summary>Creates the distribution, whose density behaves like x^(alpha-1) near 0 and (1-x)^(beta-1) near 1.</summary>
    /// <param name="alpha">First shape, 1e-10 to 1e10.</param>
    /// <param name="beta">Second shape, 1e-10 to 1e10.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public Beta(double alpha, double beta)
    {
        Alpha = Argument.Shape("beta", "alpha", alpha);
        BetaShape = Argument.Shape("beta", "beta", beta);
        logComplete = IncompleteBeta.LogComplete(alpha, beta);
        mirrored = new Beta(this);
    }

    // The distribution of 1 - x, through which quantiles near 1 keep the digits of their distance to 1.
    private Beta(Beta original)
    {
        Alpha = original.BetaShape;
        BetaShape = original.Alpha;
        logComplete = original.logComplete;
        mirrored = original;
    }

    /// <summary>First shape.</summary>
    public double Alpha { get; }

    /// <summary>Second shape, <c>beta</c> in a problem file.</summary>
    public double BetaShape { get; }

    /// <inheritdoc/>
    public Support Support => new(0, 1);

    /// <inheritdoc/>
    public double Mean => Alpha / (Alpha + BetaShape);

    /// <inheritdoc/>
    public double StandardDeviation
    {
        get
        {
            double sum = Alpha + BetaShape;
            return Math.Sqrt(Alpha / sum * (BetaShape / sum) / (sum + 1));
        }
    }

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        if (x is > 0 and < 1)
        {
            return ((Alpha - 1) * Elementary.Log(x)) + ((BetaShape - 1) * LogExp.LogOnePlus(-x)) - logComplete;
        }

        bool finiteAtEnd = (x == 0 && Alpha == 1) || (x == 1 && BetaShape == 1);
        return finiteAtEnd ? -logComplete : double.IsNaN(x) ? x : double.NegativeInfinity;
    }

    /// <inheritdoc/>
    public double Cdf(double x) => Elementary.Exp(LogCdf(x));

    /// <inheritdoc/>
    public double LogCdf(double x) => IncompleteBeta.Log(Alpha, BetaShape, x, 1 - x);

    /// <inheritdoc/>
    public double LogSurvival(double x) => IncompleteBeta.Log(BetaShape, Alpha, 1 - x, x);

    /// <inheritdoc/>
    public double Quantile(double probability) => Argument.Probability(probability) <= Cdf(0.5)
        ? QuantileSearch.Quantile(this, probability, Start(probability))
        : 1 - QuantileSearch.UpperQuantile(mirrored, probability, mirrored.Start(1 - probability));

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => Argument.Probability(probability) >= mirrored.Cdf(0.5)
        ? QuantileSearch.UpperQuantile(this, probability, Start(1 - probability))
        : 1 - QuantileSearch.Quantile(mirrored, probability, mirrored.Start(probability));

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("beta", Alpha, BetaShape);

    // Near zero the cdf is x^alpha / (alpha B(alpha, beta)); the mean serves elsewhere.
    private double Start(double probability)
    {
        double small = Elementary.Exp((Elementary.Log(probability * Alpha) + logComplete) / Alpha);
        return small < 0.3 * Mean ? small : Mean;
    }
}
