using Calibrate.Models.TwoLayer;

namespace Calibrate.Models.Tests.TwoLayer;

public class ForcingSeriesTests
{
    [Fact]
    public void Keeps_what_it_was_given()
    {
        ForcingSeries series = new([1850.5, 1851.5], [1, 2], [KeyValuePair.Create("co2", (double[])[3, 4])]);
        Assert.Equal(2, series.Length);
        Assert.Equal([1850.5, 1851.5], series.Years);
        Assert.Equal([1, 2], series.Total.ToArray());
        Assert.Equal(["co2"], series.AgentNames);
        Assert.Equal([3, 4], series.Agent(0).ToArray());
    }

    [Fact]
    public void Holds_no_negative_zero_in_its_total() =>
        Assert.False(double.IsNegative(new ForcingSeries([1], [-0.0]).Total[0]));

    [Fact]
    public void Does_not_follow_the_arrays_it_was_made_from()
    {
        double[] agent = [3.0];
        ForcingSeries series = new([1], [1], [KeyValuePair.Create("co2", agent)]);
        agent[0] = 9;
        Assert.Equal(3, series.Agent(0)[0]);
    }

    [Fact]
    public void Refuses_series_that_do_not_fit()
    {
        Assert.Throws<ArgumentException>(() => new ForcingSeries([], []));
        Assert.Throws<ArgumentException>(() => new ForcingSeries([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => new ForcingSeries([1], [1], [KeyValuePair.Create("co2", new double[2])]));
        Assert.Throws<ArgumentException>(() => new ForcingSeries([1], [double.NaN]));
        Assert.Throws<ArgumentException>(() => new ForcingSeries([1], [1], [KeyValuePair.Create("co2", (double[])[double.PositiveInfinity])]));
    }

    [Theory]
    [InlineData(1750, 1750)]
    [InlineData(1750, 1752)]
    [InlineData(1750, 1749)]
    [InlineData(1750, double.NaN)]
    public void Refuses_years_that_do_not_follow_each_other(double first, double second) =>
        Assert.Throws<ArgumentException>(() => new ForcingSeries([first, second], [1, 1]));
}
