using MathNet.Numerics.Integration;

namespace Calibrate.Numerics.Tests.Distributions;

/// <summary>
/// Integral of a positive function by the library's Gauss-Legendre rules, intervals split until two orders agree. Intervals over
/// several decades are split at their geometric mean, so that power laws need few panels. Kinks must be given.
/// </summary>
internal static class AdaptiveIntegral
{
    private const int MaximumDepth = 60;

    public static double Of(Func<double, double> integrand, double lower, double upper, double kink)
    {
        double total = 0;
        double left = lower;
        foreach (double split in new[] { 0, kink, upper }.Where(split => split > lower && split <= upper).Order())
        {
            total += Refine(integrand, left, split);
            left = split;
        }

        return total;
    }

    private static double Refine(Func<double, double> integrand, double lower, double upper, int depth = 0)
    {
        double coarse = GaussLegendreRule.Integrate(integrand, lower, upper, 12);
        double fine = GaussLegendreRule.Integrate(integrand, lower, upper, 20);

        // Rounding of x itself disturbs the integrand of a panel that is narrow for its place.
        double rounding = 4e-15 * Math.Max(Math.Abs(lower), Math.Abs(upper)) / (upper - lower) * fine;
        if (depth == MaximumDepth || !(Math.Abs(fine - coarse) > (1e-12 * Math.Min(1, fine)) + rounding))
        {
            return fine;
        }

        double middle = Math.Sign(lower) == Math.Sign(upper) && Math.Max(lower / upper, upper / lower) > 4
            ? Math.Sign(lower) * Math.Sqrt(Math.Abs(lower)) * Math.Sqrt(Math.Abs(upper))
            : lower + (0.5 * (upper - lower));
        return Refine(integrand, lower, middle, depth + 1) + Refine(integrand, middle, upper, depth + 1);
    }
}
