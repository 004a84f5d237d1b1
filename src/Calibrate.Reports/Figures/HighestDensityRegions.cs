namespace Calibrate.Reports.Figures;

/// <summary>
/// The joint density of two quantities on a grid, as the share of draws in the smallest region around: 0 at the peak, 1 far out, so that the lines at 0.5
/// and 0.9 enclose the highest-density regions of 50 % and 90 %.
/// </summary>
/// <remarks>
/// Highest-density regions after Hyndman, "Computing and graphing highest density regions", American Statistician 50 (1996) 120, section 3. The cells are
/// ordered by a kernel estimate (product of Gaussians of width sd n^(-1/6), Silverman 1986, eq. 4.14 for two dimensions, reflected at the edges of
/// the grid), but the share of a region is counted in draws: smoothing cannot make the regions too wide.
/// </remarks>
public static class HighestDensityRegions
{
    /// <summary>Cells along each side of the grid.</summary>
    public const int Cells = 48;

    /// <summary>Encloses the draws.</summary>
    /// <param name="x">Draws of the first quantity.</param>
    /// <param name="y">The same draws of the second quantity.</param>
    /// <param name="xRange">Ends of the grid.</param>
    /// <param name="yRange">Ends of the grid.</param>
    /// <param name="effectiveSize">How many independent draws they are worth.</param>
    /// <returns><c>[row of y, column of x]</c>: share of draws in all cells that are at least as dense as this one.</returns>
    public static double[,] Enclose(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, (double Lower, double Upper) xRange, (double Lower, double Upper) yRange, double effectiveSize)
    {
        var counts = Count(x, y, xRange, yRange);
        var factor = Math.Pow(Math.Max(2, effectiveSize), -1.0 / 6);
        var density = Transposed(Smoothed(Transposed(Smoothed(counts, factor * Spread(Marginal(counts, alongX: true)))), factor * Spread(Marginal(counts, alongX: false))));
        var order = new int[Cells * Cells];
        var keys = new double[Cells * Cells];
        for (var i = 0; i < order.Length; i++)
        {
            (order[i], keys[i]) = (i, -density[i / Cells, i % Cells]);
        }

        Array.Sort(keys, order);
        var enclosed = new double[Cells, Cells];
        var mass = 0.0;
        foreach (var cell in order)
        {
            // The middle of the cell's own share: half of a cell's draws lie farther out than its centre.
            var share = counts[cell / Cells, cell % Cells] / x.Length;
            enclosed[cell / Cells, cell % Cells] = mass + (0.5 * share);
            mass += share;
        }

        return enclosed;
    }

    /// <summary>Index of the cell that holds a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="range">Ends of the grid.</param>
    /// <returns>An index from 0 to <see cref="Cells"/> - 1, or -1 outside.</returns>
    public static int CellOf(double value, (double Lower, double Upper) range)
    {
        var cell = (value - range.Lower) / (range.Upper - range.Lower) * Cells;
        return cell >= 0 && cell <= Cells ? Math.Min(Cells - 1, (int)cell) : -1;
    }

    private static double[,] Count(ReadOnlySpan<double> x, ReadOnlySpan<double> y, (double Lower, double Upper) xRange, (double Lower, double Upper) yRange)
    {
        var counts = new double[Cells, Cells];
        for (var i = 0; i < x.Length; i++)
        {
            var (column, row) = (CellOf(x[i], xRange), CellOf(y[i], yRange));
            if (column >= 0 && row >= 0)
            {
                counts[row, column]++;
            }
        }

        return counts;
    }

    private static double[] Marginal(double[,] counts, bool alongX)
    {
        var marginal = new double[Cells];
        for (var row = 0; row < Cells; row++)
        {
            for (var column = 0; column < Cells; column++)
            {
                marginal[alongX ? column : row] += counts[row, column];
            }
        }

        return marginal;
    }

    // Standard deviation in cells, at least that of draws spread over one cell.
    private static double Spread(double[] marginal)
    {
        var total = marginal.Sum();
        var mean = marginal.Select((count, i) => count * i).Sum() / total;
        var variance = marginal.Select((count, i) => count * (i - mean) * (i - mean)).Sum() / total;
        return Math.Sqrt(double.IsFinite(variance) ? variance + (1.0 / 12) : 1);
    }

    // Along the columns of every row, mirrored at both ends.
    private static double[,] Smoothed(double[,] values, double sigma)
    {
        var reach = Math.Min(Cells, (int)Math.Ceiling(4 * sigma));
        double[] kernel = [.. Enumerable.Range(0, reach + 1).Select(distance => Math.Exp(-0.5 * distance * distance / (sigma * sigma)))];
        var norm = (2 * kernel.Sum()) - kernel[0];
        var smooth = new double[Cells, Cells];
        for (var row = 0; row < Cells; row++)
        {
            for (var column = 0; column < Cells; column++)
            {
                var sum = 0.0;
                for (var offset = -reach; offset <= reach; offset++)
                {
                    sum += kernel[Math.Abs(offset)] * values[row, Mirrored(column + offset)];
                }

                smooth[row, column] = sum / norm;
            }
        }

        return smooth;
    }

    private static int Mirrored(int index)
    {
        var folded = index < 0 ? -1 - index : index >= Cells ? (2 * Cells) - 1 - index : index;
        return Math.Clamp(folded, 0, Cells - 1);
    }

    private static double[,] Transposed(double[,] values)
    {
        var transposed = new double[Cells, Cells];
        for (var row = 0; row < Cells; row++)
        {
            for (var column = 0; column < Cells; column++)
            {
                transposed[column, row] = values[row, column];
            }
        }

        return transposed;
    }
}
