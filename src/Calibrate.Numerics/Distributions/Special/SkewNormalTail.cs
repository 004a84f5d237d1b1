using MathNet.Numerics;

namespace Calibrate.Numerics.Distributions.Special;

/// <summary>Both tails of the standard skew normal distribution with a shape of zero or more.</summary>
/// <remarks>
/// Azzalini's cdf Phi(z) - 2 T(z, shape) cancels wherever it is small. Everything is therefore built from the short
/// tail L(h) = F(-h), h of zero and more, of which no formula below subtracts nearly equal numbers:
/// F(h) = erf(h / sqrt 2) + L(h) and 1 - F(h) = 2 Phi(-h) - L(h) with L(h) at most Phi(-h).
/// </remarks>
internal readonly struct SkewNormalTail(double shape)
{
    // Where the exponent has fallen this far the integrand no longer matters.
    private const double Reach = 40;

    public double LogCdf(double z)
    {
        if (z <= 0)
        {
            return LogShortTail(-z);
        }

        double cdf = SpecialFunctions.Erf(z / Constants.Sqrt2) + Elementary.Exp(LogShortTail(z));
        return cdf < 0.5 ? Elementary.Log(cdf) : LogExp.LogOneMinusExp(LogSurvival(z));
    }

    public double LogSurvival(double z)
    {
        if (z <= 0)
        {
            return LogExp.LogOneMinusExp(LogShortTail(-z));
        }

        double logFolded = Constants.Ln2 + StandardNormal.LogCdf(-z);
        return double.IsNegativeInfinity(logFolded)
            ? logFolded
            : logFolded + LogExp.LogOneMinusExp(LogShortTail(z) - logFolded);
    }

    /// <summary>ln L(h): Owen's T near the centre, his complementary integral further out.</summary>
    private double LogShortTail(double h)
    {
        if (double.IsPositiveInfinity(h))
        {
            return double.NegativeInfinity;
        }

        double spread = h * Math.Max(1, shape);
        if (spread <= 1)
        {
            return Elementary.Log(shape <= 1
                ? StandardNormal.Cdf(-h) - (2 * OwenT.Of(h, shape))
                : (2 * OwenT.Of(spread, 1 / shape)) - (StandardNormal.Cdf(-spread) * SpecialFunctions.Erf(h / Constants.Sqrt2)));
        }

        // L(h) = 1/pi times the integral of exp(-h^2 (1 + x^2) / 2) / (1 + x^2) over x from shape to infinity (Owen's integral
        // with its range complemented); with x = shape + s the exponential at the lower end comes out as a factor.
        double end = 2 * Reach / (h * h) / (shape + Math.Sqrt((shape * shape) + (2 * Reach / (h * h))));
        double integral = GaussLegendre.Integrate(new Integrand(h * h, shape), 0, end);
        return (-0.5 * h * h * (1 + (shape * shape))) - Elementary.Log(Math.PI) + Elementary.Log(integral);
    }

    private readonly struct Integrand(double squared, double shape) : GaussLegendre.IIntegrand
    {
        public double Value(double s)
        {
            double x = shape + s;
            return Elementary.Exp(-squared * s * (shape + (0.5 * s))) / (1 + (x * x));
        }
    }
}
