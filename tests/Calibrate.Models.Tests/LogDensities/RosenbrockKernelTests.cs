using Calibrate.Models.LogDensities;

namespace Calibrate.Models.Tests.LogDensities;

public class RosenbrockKernelTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(0, 0, -0.05)]
    [InlineData(2, 3, -(100.0 + 1) / 20)]
    [InlineData(-1.5, 2, -((100 * 0.0625) + 6.25) / 20)]
    public void Has_known_values(double x, double y, double expected) =>
        Assert.Equal(expected, DensityProbe.At(LogDensity.Rosenbrock(), x, y), 1e-15);

    [Fact]
    public void Sums_over_pairs() => Assert.Equal(
        -0.05 - (101.0 / 20), DensityProbe.At(LogDensity.Rosenbrock(4), 0, 0, 2, 3), 1e-14);

    [Fact]
    public void Integrates_to_two_pi()
    {
        // x is normal around 1 with variance 10, y normal around x^2 with variance 0.1; substituting y by y + x^2 would spare
        // the fine grid, but then the test would not see x^2
        double sum = 0;
        for (double x = -24; x <= 26; x += 0.5)
        {
            double ridge = x * x;
            for (double y = ridge - 4; y <= ridge + 4; y += 0.0625)
            {
                sum += Math.Exp(DensityProbe.At(LogDensity.Rosenbrock(), x, y)) * 0.5 * 0.0625;
            }
        }

        Assert.Equal(2 * Math.PI, sum, 1e-10);
    }

    [Fact]
    public void Has_the_same_bits_in_every_form()
    {
        DensityProbe.CheckBits(width => LogDensity.Rosenbrock(4, width));
        DensityProbe.CheckAllocation(LogDensity.Rosenbrock(4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-2)]
    public void Refuses_odd_dimensions(int dimension) =>
        Assert.Throws<ArgumentException>(() => LogDensity.Rosenbrock(dimension));
}
