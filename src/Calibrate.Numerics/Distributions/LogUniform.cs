using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>
/// The distribution whose logarithm is uniform, also called reciprocal: <c>log_uniform(lower, upper)</c> with
/// 0 &lt; lower &lt; upper.
/// </summary>
public sealed class LogUniform : IDistribution
{
    private readonly double range;
    private readonly double logNorm;

    /// <summary>Creates the distribution on [lower, upper].</summary>
    /// <exception cref="ArgumentOutOfRangeException">An end is not positive and finite, or they are not in order.</exception>
    public LogUniform(double lower, double upper)
    {
        Argument.Positive("log_uniform", "lower", lower);
        Argument.Interval("log_uniform", lower, upper);
        Support = new Support(lower, upper);
        range = LogRatio(upper, lower);
        logNorm = -Elementary.Log(range);
    }

    /// <inheritdoc/>
    public Support Support { get; }

    /// <inheritdoc/>
    public double Mean => (Support.Upper - Support.Lower) / range;

    /// <inheritdoc/>
    public double StandardDeviation
    {
        get
        {
            // In units of upper: E[x] = (1 - e^-r) / r and E[x^2] = (1 - e^-2r) / 2r with r = ln(upper / lower). The
            // difference cancels for narrow ranges, where the variance is integrated over ln x instead.
            double mean = -LogExp.ExpMinusOne(-range) / range;
            double variance = range > 1
                ? (-LogExp.ExpMinusOne(-2 * range) / (2 * range)) - (mean * mean)
                : GaussLegendre.Integrate(new SquaredDeviation(mean), -range, 0) / range;
            return Support.Upper * Math.Sqrt(variance);
        }
    }

    /// <inheritdoc/>
    public double LogDensity(double x) =>
        Support.Contains(x) ? logNorm - Elementary.Log(x) : double.IsNaN(x) ? x : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Cdf(double x) =>
        x <= Support.Lower ? 0 : x >= Support.Upper ? 1 : LogRatio(x, Support.Lower) / range;

    /// <inheritdoc/>
    public double LogCdf(double x) => Elementary.Log(Cdf(x));

    /// <inheritdoc/>
    public double LogSurvival(double x) =>
        x <= Support.Lower ? 0 : x >= Support.Upper ? double.NegativeInfinity : Elementary.Log(LogRatio(Support.Upper, x) / range);

    /// <inheritdoc/>
    public double Quantile(double probability) => Argument.Probability(probability) <= 0.5
        ? Math.Max(Support.Lower, Support.Lower * Elementary.Exp(probability * range))
        : Math.Min(Support.Upper, Support.Upper * Elementary.Exp((probability - 1) * range));

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => Argument.Probability(probability) <= 0.5
        ? Math.Min(Support.Upper, Support.Upper * Elementary.Exp(-probability * range))
        : Math.Max(Support.Lower, Support.Lower * Elementary.Exp((1 - probability) * range));

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("log_uniform", Support.Lower, Support.Upper);

    // ln(larger / smaller), accurate when the two are close and finite when their ratio is not.
    private static double LogRatio(double larger, double smaller) => larger < 2 * smaller
        ? LogExp.LogOnePlus((larger - smaller) / smaller)
        : Elementary.Log(larger) - Elementary.Log(smaller);

    private readonly struct SquaredDeviation(double mean) : GaussLegendre.IIntegrand
    {
        public double Value(double x)
        {
            double deviation = Elementary.Exp(x) - mean;
            return deviation * deviation;
        }
    }
}
