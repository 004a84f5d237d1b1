using MathNet.Numerics;

namespace Calibrate.Numerics.Distributions.Special;

/// <summary>The upper tail of Student's t distribution with any positive number of degrees of freedom.</summary>
internal readonly struct StudentTail
{
    // From here the quadrature converges to the last bit, and the continued fraction begins to need many terms.
    private const double ManyDegrees = 20;

    private const double LargeRatio = 1e100;

    private readonly double nu;
    private readonly double rootNu;

    public StudentTail(double nu)
    {
        this.nu = nu;
        rootNu = Math.Sqrt(nu);
        LogComplete = IncompleteBeta.LogComplete(0.5 * nu, 0.5);
    }

    /// <summary>ln B(nu / 2, 1 / 2), which normalises the density.</summary>
    public double LogComplete { get; }

    /// <summary>ln P(T > t) for t of zero and more.</summary>
    public double Log(double t)
    {
        double ratio = t / rootNu;
        if (ratio > LargeRatio)
        {
            // The square would overflow; the leading term of the tail is exact to the last bit here.
            return -Constants.Ln2 - (nu * (Elementary.Log(t) - (0.5 * Elementary.Log(nu)))) - Elementary.Log(0.5 * nu) - LogComplete;
        }

        double square = ratio * ratio;
        return nu >= ManyDegrees ? LogByQuadrature(square) : LogByFraction(square);
    }

    /// <summary>Half of I_x(nu / 2, 1 / 2) with x = nu / (nu + t^2): Abramowitz and Stegun 26.7.1.</summary>
    private double LogByFraction(double square) =>
        -Constants.Ln2 + IncompleteBeta.Log(0.5 * nu, 0.5, 1 / (1 + square), square / (1 + square));

    /// <summary>The tail as that of a normal density times a slowly varying factor.</summary>
    /// <remarks>
    /// With w^2 = nu ln(1 + t^2 / nu) the density's kernel (1 + t^2 / nu)^(-(nu + 1) / 2) dt becomes exp(-w^2 / 2) h(w^2 / nu) dw,
    /// h(q) = sqrt(q / (1 - e^-q)), whose nearest singularities are at w^2 = 2 pi i nu.
    /// </remarks>
    private double LogByQuadrature(double square)
    {
        double exponent = nu * LogExp.LogOnePlus(square);
        double start = Math.Sqrt(exponent);
        double length = 2 * Integrand.Reach / (start + Math.Sqrt(exponent + (2 * Integrand.Reach)));
        double integral = GaussLegendre.Integrate(new Integrand(start, nu), 0, length);
        return Elementary.Log(integral) - (0.5 * exponent) - LogComplete - (0.5 * Elementary.Log(nu));
    }

    private readonly struct Integrand(double start, double nu) : GaussLegendre.IIntegrand
    {
        /// <summary>Where the exponent has fallen this far the integrand no longer matters.</summary>
        public const double Reach = 40;

        public double Value(double s)
        {
            double w = start + s;
            double q = w * w / nu;
            double factor = q == 0 ? 1 : q / -LogExp.ExpMinusOne(-q);
            return Elementary.Exp(-s * (start + (0.5 * s))) * Math.Sqrt(factor);
        }
    }
}
