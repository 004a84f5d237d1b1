using Calibrate.Dashboard.Projections;
using Calibrate.Numerics.Distributions;
using Calibrate.Numerics;
using Calibrate.Problems.Parameters;

namespace Calibrate.Dashboard.Tests.Projections;

public class DensityGridTests
{
    private static readonly double[] NormalDraws = [.. Enumerable.Range(0, 4000).Select(i => NormalQuantile.Of((i + 0.5) / 4000))];

    [Fact]
    public void The_density_of_normal_draws_is_normal_and_integrates_to_one()
    {
        var view = DensityGrid.Of(NormalDraws, Parameter.Free("x", new Normal(0, 2)));
        var step = (view.To - view.From) / (view.Density.Length - 1);
        Assert.InRange(view.Density.Sum() * step, 0.97, 1.03);
        for (var i = 5; i < view.Density.Length - 5; i++)
        {
            var x = view.From + (i * step);
            Assert.Equal(Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI), view.Density[i], 0.02);
            Assert.Equal(Math.Exp(-x * x / 8) / Math.Sqrt(8 * Math.PI), view.Prior[i], 1e-12);
        }
    }

    [Fact]
    public void A_density_that_ends_at_a_bound_does_not_leak_over_it()
    {
        var view = DensityGrid.Of([.. Enumerable.Range(0, 4000).Select(i => (i + 0.5) / 4000)], new Parameter("x") { Bounds = new Numerics.Distributions.Support(0, 1) });
        Assert.Equal((0.0, 1.0), (view.From, view.To));
        Assert.All(view.Density, density => Assert.InRange(density, 0.9, 1.1));
        Assert.Empty(view.Prior);
    }

    [Fact]
    public void Too_few_draws_and_draws_that_are_all_the_same_have_no_density()
    {
        Assert.Empty(DensityGrid.Of([1, 2, 3], null).Density);
        Assert.Empty(DensityGrid.Of([.. Enumerable.Repeat(1.0, 100)], null).Density);
    }
}
