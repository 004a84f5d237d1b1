using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Tests.Distributions.Special;

public class GaussLegendreTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(63)]
    public void PolynomialsUpToDegreeSixtyThreeAreExact(int degree) =>
        Agree.Relatively(1.0 / (degree + 1), GaussLegendre.Integrate(new Power(degree), 0, 1), 4e-15, $"degree {degree}");

    [Fact]
    public void TheNextEvenDegreeIsNot()
    {
        // The error term of the rule for x^64 on [-1, 1]: 2^65 (32!)^4 / (65 (64!)^2), about 1e-19 of it is below rounding,
        // so the interval is stretched until it shows.
        double exact = Math.Pow(4, 201) / 201;
        double found = GaussLegendre.Integrate(new Power(200), 0, 4);
        Assert.True(Math.Abs(found - exact) > 1e-9 * exact);
    }

    [Fact]
    public void TheOrderOfTheEndsGivesTheSign() =>
        Assert.Equal(-GaussLegendre.Integrate(new Power(3), 0, 2), GaussLegendre.Integrate(new Power(3), 2, 0));

    private readonly struct Power(int degree) : GaussLegendre.IIntegrand
    {
        public double Value(double x) => Math.Pow(x, degree);
    }
}
