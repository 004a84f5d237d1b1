namespace Calibrate.Numerics.Distributions.Special;

/// <summary>Logarithms and exponentials near the values where the plain formulas lose their digits.</summary>
/// <remarks>
/// .NET's <c>double.LogP1</c> and <c>double.ExpM1</c> add or subtract one naively, so they do not serve here.
/// The compensation of rounding in 1 + x is Kahan's, as given in N. J. Higham, Accuracy and Stability of Numerical
/// Algorithms, 2nd ed., SIAM 2002, section 1.14.1.
/// </remarks>
internal static class LogExp
{
    /// <summary>ln(1 + x) to a few units in the last place, for x above -1.</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(sum) ? x : Elementary.Log(sum) * (x / (sum - 1));
    }

    /// <summary>e^x - 1 to a few units in the last place.</summary>
    public static double ExpMinusOne(double x)
    {
        double exponential = Elementary.Exp(x);
        if (exponential == 1)
        {
            return x;
        }

        double difference = exponential - 1;
        return difference == -1 || double.IsPositiveInfinity(exponential) ? difference : difference * (x / Elementary.Log(exponential));
    }

    /// <summary>ln(1 - e^x) for x at most zero: the log of a complement given the log of a probability.</summary>
    /// <remarks>M. Maechler, Accurately computing log(1 - exp(-|a|)), vignette of the R package Rmpfr, 2012, equation 7.</remarks>
    public static double LogOneMinusExp(double x) => x switch
    {
        >= 0 => double.NegativeInfinity,
        > -0.6931471805599453 => Elementary.Log(-ExpMinusOne(x)),
        _ => LogOnePlus(-Elementary.Exp(x)),
    };

    /// <summary>ln(1 + x^2) without overflow.</summary>
    public static double LogOnePlusSquare(double x)
    {
        double magnitude = Math.Abs(x);
        return magnitude > 1e100 ? 2 * Elementary.Log(magnitude) : LogOnePlus(x * x);
    }

    /// <summary>ln(e^x + e^y) without overflow.</summary>
    public static double LogSumExp(double x, double y)
    {
        double larger = Math.Max(x, y);
        return double.IsInfinity(larger) ? larger : larger + LogOnePlus(Elementary.Exp(-Math.Abs(x - y)));
    }
}
