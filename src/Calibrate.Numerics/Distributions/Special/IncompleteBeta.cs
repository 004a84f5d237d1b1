namespace Calibrate.Numerics.Distributions.Special;

/// <summary>Log of the regularised incomplete beta function I_x(a, b).</summary>
/// <remarks>
/// Continued fraction 26.5.8 of Abramowitz and Stegun by the modified Lentz method, on the side of the mean where it
/// converges fast; the factor in front of it in C. Loader's saddle-point form (2000), which stays accurate for large a and b.
/// </remarks>
internal static class IncompleteBeta
{
    private const double Tiny = 1e-300;

    // The factors of the fraction settle within two units in the last place of one; the limit is not met for shapes up to 1e10.
    private const double Settled = 5e-16;
    private const double IterationLimit = 1e7;

    /// <summary>ln I_x(a, b), given both x and y = 1 - x so that neither end of the interval loses digits.</summary>
    public static double Log(double a, double b, double x, double y)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x <= 0)
        {
            return double.NegativeInfinity;
        }

        if (y <= 0)
        {
            return 0;
        }

        return x < (a + 1) / (a + b + 2)
            ? LogDirect(a, b, x, y)
            : LogExp.LogOneMinusExp(LogDirect(b, a, y, x));
    }

    /// <summary>ln B(a, b), the complete beta function.</summary>
    public static double LogComplete(double a, double b)
    {
        // Stirling's formula for the three gamma functions, its terms collected so that ln(a) alone remains when the
        // smaller argument is 1/2, however large the other.
        (double small, double large) = (Math.Min(a, b), Math.Max(a, b));
        return GammaFunction.StirlingError(a) + GammaFunction.StirlingError(b) - GammaFunction.StirlingError(a + b)
            - (large * LogExp.LogOnePlus(small / large)) - ((small - 0.5) * LogExp.LogOnePlus(large / small))
            + StandardNormal.LogRootTwoPi - (0.5 * Elementary.Log(large));
    }

    private static double LogDirect(double a, double b, double x, double y) =>
        LogPrefactor(a, b, x, y) - Elementary.Log(a) + Elementary.Log(Fraction(a, b, x));

    /// <summary>ln [x^a y^b / B(a, b)].</summary>
    private static double LogPrefactor(double a, double b, double x, double y)
    {
        double sum = a + b;
        return GammaFunction.StirlingError(sum) - GammaFunction.StirlingError(a) - GammaFunction.StirlingError(b)
            - GammaFunction.Deviance(a, sum * x) - GammaFunction.Deviance(b, sum * y)
            - StandardNormal.LogRootTwoPi + (0.5 * (Elementary.Log(a) + Elementary.Log(b) - Elementary.Log(sum)));
    }

    private static double Fraction(double a, double b, double x)
    {
        double c = 1;
        double d = 1 / NonZero(1 - ((a + b) * x / (a + 1)));
        double value = d;
        for (double m = 1; ; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NonZero(1 + (even * d));
            c = NonZero(1 + (even / c));
            value *= d * c;

            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NonZero(1 + (odd * d));
            c = NonZero(1 + (odd / c));
            double factor = d * c;
            value *= factor;
            if (Math.Abs(factor - 1) < Settled || m > IterationLimit)
            {
                return value;
            }
        }
    }

    private static double NonZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
