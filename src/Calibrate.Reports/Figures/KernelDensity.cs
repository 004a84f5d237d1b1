using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Distributions;
using Calibrate.Numerics.Statistics;

namespace Calibrate.Reports.Figures;

/// <summary>A smooth density of draws: where they are, without a choice of bins.</summary>
/// <remarks>
/// The diffusion estimator of Botev, Grotowski and Kroese, Annals of Statistics 38 (2010) 2916, section 2: a Gaussian kernel, reflected at the ends of
/// the interval, so that a density does not leak over a bound of its support. Its width is <see cref="KernelBandwidth"/> with the effective sample size
/// as the number of draws: correlated draws are worth fewer independent ones.
/// </remarks>
/// <param name="X">Where the density was evaluated, in equal steps.</param>
/// <param name="Density">The density there; integrates to the share of draws within the interval.</param>
/// <param name="Bandwidth">Standard deviation of the kernel.</param>
public sealed record KernelDensity(double[] X, double[] Density, double Bandwidth)
{
    /// <summary>Cells of the interval.</summary>
    public const int Cells = 512;

    // Ends of the interval: the 0.5 % quantiles, and half as far again as they are from the median; 6.4 standard deviations of a normal distribution.
    private const double TailProbability = 0.005;
    private const double BeyondTail = 1.5;

    // Bandwidths beyond the last draw: there a Gaussian kernel has come down to a five-hundredth.
    private const double Reach = 3.5;

    private static readonly double[] CosineTable = [.. Enumerable.Range(0, 4 * Cells).Select(i => Math.Cos(0.5 * Math.PI * i / Cells))];

    /// <summary>Estimates the density of draws.</summary>
    /// <param name="draws">Finite draws.</param>
    /// <param name="effectiveSize">How many independent draws they are worth; their number when it is NaN.</param>
    /// <param name="support">Where values are possible.</param>
    /// <returns>The density, or null when all draws are the same or some are not finite.</returns>
    public static KernelDensity? Of(DrawMatrix draws, double effectiveSize, Support support)
    {
        var sample = DrawThinning.Every(DrawThinning.StrideFor(draws.Count, DrawThinning.MostDraws), draws).All.ToArray();
        Array.Sort(sample);
        if (sample.Length < 2 || !double.IsFinite(sample[0]) || !double.IsFinite(sample[^1]) || sample[0] == sample[^1])
        {
            return null;
        }

        var size = double.IsFinite(effectiveSize) ? Math.Clamp(effectiveSize, 2, draws.Count) : draws.Count;
        var (lower, upper) = Interval(sample, size, support);
        var width = upper - lower;
        if (!(width > 0) || !double.IsFinite(width))
        {
            return null;
        }

        var shares = Shares(draws.All, lower, width);
        var cosines = Transform(shares);
        var bandwidth = KernelWidth(cosines, sample, size, width);
        return new KernelDensity(
            [.. Enumerable.Range(0, Cells).Select(i => lower + ((i + 0.5) * width / Cells))], Smooth(cosines, bandwidth / width, width), bandwidth);
    }

    private static (double Lower, double Upper) Interval(double[] sorted, double size, Support support)
    {
        var median = Quantiles.OfSorted(sorted, 0.5);
        var low = Quantiles.OfSorted(sorted, TailProbability);
        var high = Quantiles.OfSorted(sorted, 1 - TailProbability);
        var margin = Math.Max(0.1 * (high - low), Reach * Rough(sorted, size));
        var lower = Math.Max(sorted[0] - margin, low - (BeyondTail * (median - low)) - margin);
        var upper = Math.Min(sorted[^1] + margin, high + (BeyondTail * (high - median)) + margin);
        return high > low
            ? (Math.Max(lower, support.Lower), Math.Min(upper, support.Upper))
            : (Math.Max(sorted[0], support.Lower), Math.Min(sorted[^1], support.Upper));
    }

    private static double KernelWidth(double[] cosines, double[] sorted, double size, double width)
    {
        var time = KernelBandwidth.ImprovedSheatherJones(cosines, size);
        if (!double.IsNaN(time))
        {
            return Math.Sqrt(time) * width;
        }

        return Math.Max(Rough(sorted, size), width / Cells);
    }

    private static double Rough(double[] sorted, double size) => KernelBandwidth.Silverman(
        SampleMoments.Of(sorted).StandardDeviation, Quantiles.OfSorted(sorted, 0.75) - Quantiles.OfSorted(sorted, 0.25), size);

    private static double[] Shares(ReadOnlySpan<double> draws, double lower, double width)
    {
        var shares = new double[Cells];
        var scale = Cells / width;
        foreach (var draw in draws)
        {
            var cell = (draw - lower) * scale;
            if (cell >= 0 && cell <= Cells)
            {
                shares[Math.Min(Cells - 1, (int)cell)] += 1.0 / draws.Length;
            }
        }

        return shares;
    }

    // c_k = sum over j of p_j cos(pi k (j + 1/2) / n); the table holds a quarter of a full turn per n steps.
    private static double[] Transform(double[] shares)
    {
        var cosines = new double[Cells];
        for (var k = 0; k < Cells; k++)
        {
            var sum = 0.0;
            for (int j = 0, angle = k; j < Cells; j++, angle = (angle + (2 * k)) & ((4 * Cells) - 1))
            {
                sum += shares[j] * CosineTable[angle];
            }

            cosines[k] = sum;
        }

        return cosines;
    }

    private static double[] Smooth(double[] cosines, double relativeBandwidth, double width)
    {
        var damped = new double[Cells];
        var used = 0;
        for (var k = 0; k < Cells; k++)
        {
            var exponent = 0.5 * Math.Pow(Math.PI * k * relativeBandwidth, 2);
            if (exponent > 40)
            {
                break;
            }

            damped[k] = (k == 0 ? 1 : 2) * cosines[k] * Math.Exp(-exponent);
            used = k + 1;
        }

        var density = new double[Cells];
        for (var j = 0; j < Cells; j++)
        {
            var sum = 0.0;
            for (var k = 0; k < used; k++)
            {
                sum += damped[k] * CosineTable[(k * ((2 * j) + 1)) & ((4 * Cells) - 1)];
            }

            // Cut-off frequencies leave ripples of rounding size around zero.
            density[j] = Math.Max(0, sum / width);
        }

        return density;
    }
}
