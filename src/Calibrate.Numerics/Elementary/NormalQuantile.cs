namespace Calibrate.Numerics;

/// <summary>
/// The quantile function of the standard normal distribution: how a uniform number becomes a normal one.
/// </summary>
/// <remarks>
/// Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988) 477-484,
/// routine PPND16: three rational approximations with relative error about 1e-16, here with our own logarithm.
/// </remarks>
public static class NormalQuantile
{
    private const double CentralHalfWidth = 0.425;
    private const double CentralSquare = 0.180625;
    private const double NearTailEnd = 5;
    private const double NearTailShift = 1.6;

    private static ReadOnlySpan<double> CentralNumerator =>
    [
        3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
        4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
    ];

    private static ReadOnlySpan<double> CentralDenominator =>
    [
        1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
        2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
    ];

    private static ReadOnlySpan<double> NearTailNumerator =>
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static ReadOnlySpan<double> NearTailDenominator =>
    [
        1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static ReadOnlySpan<double> FarTailNumerator =>
    [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static ReadOnlySpan<double> FarTailDenominator =>
    [
        1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];

    /// <summary>The number that a standard normal variate stays below with probability <paramref name="p"/>.</summary>
    /// <param name="p">A probability; 0 and 1 give the infinities, anything outside [0, 1] gives NaN.</param>
    public static double Of(double p)
    {
        double centred = p - 0.5;
        if (Math.Abs(centred) <= CentralHalfWidth)
        {
            double r = CentralSquare - (centred * centred);
            return centred * Ratio(CentralNumerator, CentralDenominator, r);
        }

        if (!(p > 0 && p < 1))
        {
            return p switch
            {
                0 => double.NegativeInfinity,
                1 => double.PositiveInfinity,
                _ => double.NaN,
            };
        }

        double distance = Math.Sqrt(-Elementary.Log(centred < 0 ? p : 1 - p));
        double tail = distance <= NearTailEnd
            ? Ratio(NearTailNumerator, NearTailDenominator, distance - NearTailShift)
            : Ratio(FarTailNumerator, FarTailDenominator, distance - NearTailEnd);
        return centred < 0 ? -tail : tail;
    }

    private static double Ratio(ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator, double x) =>
        Polynomial(numerator, x) / Polynomial(denominator, x);

    /// <summary>Horner's rule over eight coefficients, lowest power first.</summary>
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = coefficients[7];
        for (int power = 6; power >= 0; power--)
        {
            sum = Math.FusedMultiplyAdd(sum, x, coefficients[power]);
        }

        return sum;
    }
}
