using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>ln P(lower &lt; X &lt;= upper), accurate in far tails and on narrow intervals alike.</summary>
internal static class IntervalMass
{
    // When the interval holds less than this share of its tail, the difference of two tail probabilities loses more
    // than three digits; the density then varies by about as little, so that quadrature is exact.
    private const double NarrowShare = 1e-3;

    public static double Log(IDistribution distribution, double lower, double upper)
    {
        if (!(lower < upper))
        {
            return double.NegativeInfinity;
        }

        Support support = distribution.Support;
        if (lower <= support.Lower)
        {
            return distribution.LogCdf(upper);
        }

        if (upper >= support.Upper)
        {
            return distribution.LogSurvival(lower);
        }

        // The difference is taken in the tail that is smaller, where it cancels less.
        double logAbove = distribution.LogSurvival(lower);
        double logBelow = distribution.LogCdf(upper);
        double logTail = Math.Min(logAbove, logBelow);
        if (double.IsNegativeInfinity(logTail))
        {
            return logTail;
        }

        double ratio = logAbove <= logBelow
            ? distribution.LogSurvival(upper) - logAbove
            : distribution.LogCdf(lower) - logBelow;
        return ratio > -NarrowShare
            ? LogNarrow(distribution, lower, upper)
            : logTail + LogExp.LogOneMinusExp(ratio);
    }

    private static double LogNarrow(IDistribution distribution, double lower, double upper) =>
        distribution is IPiecewiseDensity { Knot: double knot } && lower < knot && knot < upper
            ? LogExp.LogSumExp(LogSmooth(distribution, lower, knot), LogSmooth(distribution, knot, upper))
            : LogSmooth(distribution, lower, upper);

    private static double LogSmooth(IDistribution distribution, double lower, double upper)
    {
        double reference = distribution.LogDensity(0.5 * (lower + upper));
        double integral = GaussLegendre.Integrate(new RelativeDensity(distribution, reference), lower, upper);
        return reference + Elementary.Log(integral);
    }

    private readonly struct RelativeDensity(IDistribution distribution, double reference) : GaussLegendre.IIntegrand
    {
        public double Value(double x) => Elementary.Exp(distribution.LogDensity(x) - reference);
    }
}
