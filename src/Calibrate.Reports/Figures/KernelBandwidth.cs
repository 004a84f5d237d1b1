namespace Calibrate.Reports.Figures;

/// <summary>
/// How wide the kernel of a density estimate should be: the improved Sheather-Jones plug-in, which needs no assumption that the density looks
/// like a normal one.
/// </summary>
/// <remarks>
/// Botev, Grotowski and Kroese, "Kernel density estimation via diffusion", Annals of Statistics 38 (2010) 2916, algorithm 1 with l = 7, on the cosine
/// transform of a histogram over an interval with reflecting ends. Where its equation has no root, which happens for very few draws, Silverman's
/// rule of thumb, 0.9 min(sd, IQR / 1.34) n^(-1/5) ("Density estimation", 1986, eq. 3.31).
/// </remarks>
internal static class KernelBandwidth
{
    private const int Stages = 7;
    private const double LargestTime = 0.1;
    private const int Bisections = 80;

    /// <summary>The squared bandwidth t, relative to the squared length of the interval.</summary>
    /// <param name="cosines">Cosine transform of the histogram's shares, a_0 = 1.</param>
    /// <param name="size">Number of independent draws N that the histogram is worth.</param>
    /// <returns>t, or NaN where the equation t = (2 N sqrt(pi) |f''|^2)^(-2/5) has no root in (0, 0.1].</returns>
    public static double ImprovedSheatherJones(ReadOnlySpan<double> cosines, double size)
    {
        // The smallest root is wanted: the upper end grows until the sign changes.
        var (low, high) = (0.0, 1e-12 + (0.01 * Math.Clamp((size - 50) / 1000, 0, 1)));
        while (!(Excess(high, cosines, size) > 0))
        {
            if (high >= LargestTime)
            {
                return double.NaN;
            }

            (low, high) = (high, Math.Min(LargestTime, 2 * Math.Max(high, 1e-9)));
        }

        for (var i = 0; i < Bisections; i++)
        {
            var middle = 0.5 * (low + high);
            if (Excess(middle, cosines, size) > 0)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high > 1e-11 ? high : double.NaN;
    }

    /// <summary>Silverman's rule of thumb.</summary>
    /// <param name="standardDeviation">Standard deviation of the draws.</param>
    /// <param name="interquartileRange">Distance between their quartiles.</param>
    /// <param name="size">Number of independent draws that they are worth.</param>
    public static double Silverman(double standardDeviation, double interquartileRange, double size)
    {
        var spread = interquartileRange > 0 ? Math.Min(standardDeviation, interquartileRange / 1.34) : standardDeviation;
        return 0.9 * spread * Math.Pow(Math.Max(2, size), -0.2);
    }

    // t - xi gamma^[l](t) of section 5: the functionals |f^(s)|^2 from s = l down to 2, each with the bandwidth that the one before asks for.
    private static double Excess(double time, ReadOnlySpan<double> cosines, double size)
    {
        var functional = Functional(Stages, time, cosines);
        for (var s = Stages - 1; s >= 2; s--)
        {
            var oddProduct = 1.0;
            for (var factor = 3; factor < 2 * s; factor += 2)
            {
                oddProduct *= factor;
            }

            var constant = (1 + Math.Pow(0.5, s + 0.5)) / 3;
            var at = Math.Pow(2 * constant * oddProduct / (Math.Sqrt(2 * Math.PI) * size * functional), 2.0 / (3 + (2 * s)));
            functional = Functional(s, at, cosines);
        }

        return time - Math.Pow(2 * size * Math.Sqrt(Math.PI) * functional, -0.4);
    }

    // 2 pi^(2s) sum k^(2s) (a_k / 2)^2 exp(-k^2 pi^2 t).
    private static double Functional(int s, double time, ReadOnlySpan<double> cosines)
    {
        var sum = 0.0;
        for (var k = 1; k < cosines.Length; k++)
        {
            var square = Math.PI * Math.PI * k * k;
            var damped = square * time;
            if (damped > 700)
            {
                break;
            }

            sum += Math.Pow(square, s) * cosines[k] * cosines[k] * Math.Exp(-damped);
        }

        return 2 * sum;
    }
}
