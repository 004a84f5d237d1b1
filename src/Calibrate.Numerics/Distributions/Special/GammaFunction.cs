namespace Calibrate.Numerics.Distributions.Special;

/// <summary>ln Gamma(x) and the two functions that keep ratios of gamma functions accurate for large arguments.</summary>
/// <remarks>
/// C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000: densities are written as a product of Stirling
/// errors and deviances, so that the huge, nearly cancelling terms x ln x - x - ln Gamma(x) never appear.
/// </remarks>
internal static class GammaFunction
{
    // Stirling's series is exact to the last bit from here with the eight terms below.
    private const double StirlingStart = 10;

    /// <summary>ln Gamma(x) for positive x; absolute error a few 1e-16 times the larger of 1 and the result's magnitude.</summary>
    public static double Log(double x)
    {
        if (x >= StirlingStart)
        {
            return ((x - 0.5) * Elementary.Log(x)) - x + StandardNormal.LogRootTwoPi + StirlingSeries(x);
        }

        // Gamma(x) = Gamma(x + n) / (x (x + 1) ... (x + n - 1)), shifted to where the series holds.
        double product = 1;
        double shifted = x;
        while (shifted < StirlingStart)
        {
            product *= shifted;
            shifted++;
        }

        return Log(shifted) - Elementary.Log(product);
    }

    /// <summary>
    /// ln Gamma(x) - [(x - 1/2) ln x - x + ln sqrt(2 pi)]: what Stirling's formula leaves out.
    /// </summary>
    public static double StirlingError(double x) => x >= StirlingStart
        ? StirlingSeries(x)
        : Log(x) - ((x - 0.5) * Elementary.Log(x)) + x - StandardNormal.LogRootTwoPi;

    /// <summary>a ln(a / x) + x - a, the deviance, without cancellation when x is near a.</summary>
    public static double Deviance(double a, double x)
    {
        if (Math.Abs(a - x) >= 0.1 * (a + x))
        {
            return x == 0 ? double.PositiveInfinity : (a * Elementary.Log(a / x)) + x - a;
        }

        // With v = (a - x) / (a + x): ln(a / x) = 2 atanh v = 2 (v + v^3/3 + v^5/5 + ...).
        double v = (a - x) / (a + x);
        double sum = (a - x) * v;
        double power = 2 * a * v;
        for (int j = 1; j < 1000; j++)
        {
            power *= v * v;
            double next = sum + (power / ((2 * j) + 1));
            if (next == sum)
            {
                break;
            }

            sum = next;
        }

        return sum;
    }

    // Abramowitz and Stegun 6.1.41: B_2k / (2k (2k - 1) x^(2k - 1)).
    private static double StirlingSeries(double x)
    {
        double s = 1 / (x * x);
        return ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (((1.0 / 1188)
            - (((691.0 / 360360) - (((1.0 / 156) - (3617.0 / 122400 * s)) * s)) * s)) * s)) * s)) * s)) * s)) / x;
    }
}
