using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Tests.Parameters;

public class TransformsTests
{
    [Theory]
    [InlineData(-20)]
    [InlineData(-1.5)]
    [InlineData(0)]
    [InlineData(3.25)]
    public void Log_and_its_jacobian(double y)
    {
        Assert.Equal(Math.Exp(y), Transforms.FromLog(y, out double logJacobian), 1e-15 * Math.Exp(y));
        Assert.Equal(LogSlope(y, t => Transforms.FromLog(t, out _)), logJacobian, 1e-9);
        Assert.Equal(y, Transforms.ToSampled(ParameterTransform.Log, Transforms.FromLog(y, out _), 0, 0), 1e-14);
    }

    [Theory]
    [InlineData(-8, -1, 4)]
    [InlineData(-0.5, 0, 1)]
    [InlineData(0, 2, 3)]
    [InlineData(2, -5, -4)]
    [InlineData(6, 0, 100)]
    public void Logit_and_its_jacobian(double y, double lower, double upper)
    {
        double x = Transforms.FromLogit(y, lower, upper, out double logJacobian);
        Assert.Equal(lower + ((upper - lower) / (1 + Math.Exp(-y))), x, 1e-13 * (upper - lower));
        Assert.Equal(LogSlope(y, t => Transforms.FromLogit(t, lower, upper, out _)), logJacobian, 1e-8);
        Assert.Equal(y, Transforms.ToSampled(ParameterTransform.Logit, x, lower, upper), 1e-9);
    }

    [Fact]
    public void The_logit_jacobian_is_exact_where_it_is_known()
    {
        // s (1 - s) at y = ln 3 is 3/16; at 0 it is 1/4
        Transforms.FromLogit(Math.Log(3), 0, 2, out double atThree);
        Transforms.FromLogit(0, 0, 2, out double atZero);
        Assert.Equal(Math.Log(2 * 3.0 / 16), atThree, 1e-12);
        Assert.Equal(Math.Log(2 / 4.0), atZero, 1e-12);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(-1000)]
    public void The_logit_survives_its_tails(double y)
    {
        double x = Transforms.FromLogit(y, 1, 2, out double logJacobian);
        Assert.InRange(x, 1, 2);
        Assert.Equal(-1000, logJacobian, 1e-9);
    }

    // ln of the derivative by a central difference of fourth order
    private static double LogSlope(double y, Func<double, double> map)
    {
        const double h = 1e-3;
        return Math.Log(((8 * (map(y + h) - map(y - h))) - (map(y + (2 * h)) - map(y - (2 * h)))) / (12 * h));
    }
}
