using Calibrate.Numerics.Distributions;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class HighestDensityRegionsTests
{
    private const int Side = 300;

    private static readonly (double, double) Range = (-5, 5);

    // A lattice of normal quantiles: a bivariate normal sample without noise, tilted.
    private static (double[] X, double[] Y) Normal(double correlation)
    {
        var normal = new Normal(0, 1);
        double[] quantiles = [.. Enumerable.Range(0, Side).Select(i => normal.Quantile((i + 0.5) / Side))];
        var x = new double[Side * Side];
        var y = new double[Side * Side];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = quantiles[i / Side];
            y[i] = (correlation * x[i]) + (Math.Sqrt(1 - (correlation * correlation)) * quantiles[i % Side]);
        }

        return (x, y);
    }

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(0.0, 0.9)]
    [InlineData(0.8, 0.5)]
    [InlineData(0.8, 0.9)]
    public void A_region_holds_its_share_of_the_draws(double correlation, double share)
    {
        var (x, y) = Normal(correlation);

        var enclosed = HighestDensityRegions.Enclose(x, y, Range, Range, 10_000);

        var inside = x.Zip(y).Count(draw =>
            enclosed[HighestDensityRegions.CellOf(draw.Second, Range), HighestDensityRegions.CellOf(draw.First, Range)] <= share);
        Assert.Equal(share, (double)inside / x.Length, 0.02);
    }

    /// <summary>Of a bivariate normal the region of share p is the ellipse with squared radius -2 ln(1 - p).</summary>
    [Fact]
    public void Regions_of_a_normal_distribution_are_its_ellipses()
    {
        var (x, y) = Normal(0.8);

        var enclosed = HighestDensityRegions.Enclose(x, y, Range, Range, 10_000);

        for (var row = 0; row < HighestDensityRegions.Cells; row++)
        {
            for (var column = 0; column < HighestDensityRegions.Cells; column++)
            {
                var (u, v) = (Centre(column), Centre(row));
                var square = ((u * u) - (1.6 * u * v) + (v * v)) / (1 - 0.64);
                var expected = 1 - Math.Exp(-0.5 * square);
                Assert.Equal(expected, enclosed[row, column], 0.1);
            }
        }

        static double Centre(int cell) => -5 + (10 * (cell + 0.5) / HighestDensityRegions.Cells);
    }

    [Fact]
    public void Draws_that_pile_up_at_a_bound_are_densest_there()
    {
        double[] x = [.. Enumerable.Range(0, 10_000).Select(i => -Math.Log((i + 0.5) / 10_000))];
        double[] y = [.. Enumerable.Range(0, 10_000).Select(i => i * 7919 % 10_000 / 10_000.0)];

        var enclosed = HighestDensityRegions.Enclose(x, y, (0, 8), (0, 1), 10_000);

        Assert.True(enclosed[20, 0] < 0.1);
        Assert.True(enclosed[20, 40] > 0.95);
    }

    [Theory]
    [InlineData(-5.0, 0)]
    [InlineData(5.0, 47)]
    [InlineData(0.0, 24)]
    [InlineData(5.1, -1)]
    [InlineData(-5.1, -1)]
    [InlineData(double.NaN, -1)]
    public void Values_outside_of_the_grid_are_in_no_cell(double value, int cell) => Assert.Equal(cell, HighestDensityRegions.CellOf(value, Range));
}
