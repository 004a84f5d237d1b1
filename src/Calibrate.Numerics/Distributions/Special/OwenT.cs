using MathNet.Numerics;

namespace Calibrate.Numerics.Distributions.Special;

/// <summary>
/// Owen's T function, T(h, a) = 1/(2 pi) times the integral of exp(-h^2 (1 + x^2) / 2) / (1 + x^2) over x from 0 to a.
/// </summary>
/// <remarks>
/// D. B. Owen, Ann. Math. Statist. 27, 1075 (1956); reduction to a of at most one as in M. Patefield and D. Tandy,
/// J. Stat. Softw. 5(5), 2000, equation 2. The remaining integral is done in y = h x by one Gauss-Legendre rule: its
/// integrand is positive, so nothing cancels and the result keeps its relative accuracy.
/// </remarks>
internal static class OwenT
{
    // exp(-y^2 / 2) is below 1e-17 of its peak beyond this y.
    private const double Reach = 8.8;

    public static double Of(double h, double a)
    {
        h = Math.Abs(h);
        if (a < 0)
        {
            return -Of(h, -a);
        }

        if (a <= 1)
        {
            return OfSmallSlope(h, a);
        }

        double upper = StandardNormal.Cdf(-h);
        double scaled = a * h;
        double upperScaled = StandardNormal.Cdf(-scaled);
        return (0.5 * (upper + upperScaled)) - (upper * upperScaled) - OfSmallSlope(scaled, 1 / a);
    }

    private static double OfSmallSlope(double h, double a)
    {
        double end = a * h > Reach ? Reach / h : a;
        double integral = GaussLegendre.Integrate(new Integrand(h), 0, end);
        return Elementary.Exp(-0.5 * h * h) * integral / Constants.Pi2;
    }

    private readonly struct Integrand(double h) : GaussLegendre.IIntegrand
    {
        public double Value(double x) => Elementary.Exp(-0.5 * h * h * x * x) / (1 + (x * x));
    }
}
