using Calibrate.Problems.Parameters;

namespace Calibrate.Dashboard.Projections;

/// <summary>
/// A kernel density estimate for display: draws binned on an even grid and smoothed by a Gaussian whose width is Silverman's rule of thumb (Silverman,
/// "Density estimation for statistics and data analysis", 1986, eq. 3.31), with the mass near the ends of the grid reflected there.
/// </summary>
internal static class DensityGrid
{
    private const int Points = 96;
    private const int FewestDraws = 32;

    // Kernels are cut where they are below 1e-3 of their peak.
    private const double Reach = 3.7;

    /// <summary>Estimates the density.</summary>
    /// <param name="sorted">Draws in ascending order, all finite.</param>
    /// <param name="parameter">The parameter, whose prior is shown beside; null for another quantity.</param>
    public static MarginalView Of(ReadOnlySpan<double> sorted, Parameter? parameter)
    {
        if (sorted.Length < FewestDraws || !(sorted[^1] > sorted[0]))
        {
            return MarginalView.Empty;
        }

        // All but the outermost thousandths, and some room.
        var tail = sorted.Length / 1000;
        var (low, high) = (sorted[tail], sorted[sorted.Length - 1 - tail]);
        var room = 0.05 * (high - low);
        (low, high) = (Math.Max(low - room, parameter?.Bounds.Lower ?? low - room), Math.Min(high + room, parameter?.Bounds.Upper ?? high + room));
        var step = (high - low) / (Points - 1);
        return step > 0
            ? new MarginalView(low, high, Smooth(sorted, low, step, Bandwidth(sorted)), PriorOf(parameter, low, step))
            : MarginalView.Empty;
    }

    private static double Bandwidth(ReadOnlySpan<double> sorted)
    {
        var (mean, squares) = (0.0, 0.0);
        foreach (var value in sorted)
        {
            mean += value / sorted.Length;
        }

        foreach (var value in sorted)
        {
            squares += (value - mean) * (value - mean) / sorted.Length;
        }

        var quartiles = (sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4]) / 1.34;
        var spread = quartiles > 0 ? Math.Min(Math.Sqrt(squares), quartiles) : Math.Sqrt(squares);
        return 0.9 * spread * Math.Pow(sorted.Length, -0.2);
    }

    private static double[] Smooth(ReadOnlySpan<double> sorted, double low, double step, double bandwidth)
    {
        var counts = new double[Points];
        foreach (var value in sorted)
        {
            var bin = (int)Math.Round((value - low) / step);
            if (bin is >= 0 and < Points)
            {
                counts[bin]++;
            }
        }

        var width = Math.Max(bandwidth / step, 0.5);
        var reach = (int)Math.Ceiling(Reach * width);
        var norm = 1.0 / (sorted.Length * step * width * Math.Sqrt(2.0 * Math.PI));
        var density = new double[Points];
        for (var bin = 0; bin < Points; bin++)
        {
            for (var offset = -reach; counts[bin] > 0 && offset <= reach; offset++)
            {
                var at = Reflected(bin + offset);
                if (at is >= 0 and < Points)
                {
                    density[at] += counts[bin] * norm * Math.Exp(-0.5 * offset * offset / (width * width));
                }
            }
        }

        return density;
    }

    private static int Reflected(int point) => point < 0 ? -point - 1 : point >= Points ? (2 * Points) - 1 - point : point;

    private static double[] PriorOf(Parameter? parameter, double low, double step)
    {
        if (parameter?.Prior is not { } prior)
        {
            return [];
        }

        var density = new double[Points];
        for (var i = 0; i < Points; i++)
        {
            density[i] = Math.Exp(prior.LogDensity(low + (i * step)));
        }

        return Array.TrueForAll(density, double.IsFinite) ? density : [];
    }
}
