namespace Calibrate.Numerics.Distributions.Special;

/// <summary>Logs of the regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x).</summary>
/// <remarks>
/// Series 6.5.29 and continued fraction 6.5.31 of Abramowitz and Stegun, the fraction by Lentz's method as modified by
/// I. J. Thompson and A. R. Barnett, J. Comput. Phys. 64, 490 (1986). The smaller of the two is computed and the
/// other taken as its complement, so both logs keep full relative accuracy in their tails.
/// </remarks>
internal static class IncompleteGamma
{
    private const double Tiny = 1e-300;

    // The factors of the fraction settle within two units in the last place of one; the limit is not met for shapes up to 1e10.
    private const double Settled = 5e-16;
    private const double IterationLimit = 1e7;

    /// <summary>ln P(a, x), the log cdf at <paramref name="x"/> of a gamma distribution with shape a and rate one.</summary>
    public static double LogLower(double a, double x) =>
        double.IsNaN(x) ? x
        : x <= 0 ? double.NegativeInfinity
        : double.IsPositiveInfinity(x) ? 0
        : UsesSeries(a, x) ? LogSeries(a, x) : LogExp.LogOneMinusExp(LogFraction(a, x));

    /// <summary>ln Q(a, x), the log of the upper tail.</summary>
    public static double LogUpper(double a, double x) =>
        double.IsNaN(x) ? x
        : x <= 0 ? 0
        : double.IsPositiveInfinity(x) ? double.NegativeInfinity
        : UsesSeries(a, x) ? LogExp.LogOneMinusExp(LogSeries(a, x)) : LogFraction(a, x);

    private static bool UsesSeries(double a, double x) => x < a + 1;

    private static double LogSeries(double a, double x)
    {
        double term = 1;
        double sum = 1;
        for (double n = a + 1; term > sum * 1e-17; n++)
        {
            term *= x / n;
            sum += term;
        }

        return LogPrefactor(a, x) - Elementary.Log(a) + Elementary.Log(sum);
    }

    private static double LogFraction(double a, double x)
    {
        double b = x + 1 - a;
        double c = 1 / Tiny;
        double d = 1 / b;
        double value = d;
        for (double i = 1; ; i++)
        {
            double numerator = i * (a - i);
            b += 2;
            d = 1 / NonZero(b + (numerator * d));
            c = NonZero(b + (numerator / c));
            double factor = c * d;
            value *= factor;
            if (Math.Abs(factor - 1) < Settled || i > IterationLimit)
            {
                return LogPrefactor(a, x) + Elementary.Log(value);
            }
        }
    }

    /// <summary>ln [x^a e^-x / Gamma(a)], by Loader's saddle-point form once a is large enough to need it.</summary>
    public static double LogPrefactor(double a, double x) => a < 10
        ? (a * Elementary.Log(x)) - x - GammaFunction.Log(a)
        : (0.5 * Elementary.Log(a)) - StandardNormal.LogRootTwoPi - GammaFunction.StirlingError(a) - GammaFunction.Deviance(a, x);

    private static double NonZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
