using System.Text.Json.Nodes;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class FailuresFigureTests
{
    [Fact]
    public void Failures_are_a_histogram_that_integrates_to_one()
    {
        var figure = FailuresFigure.Create([new FailurePanel("x", null, [.. Enumerable.Range(0, 61).Select(i => 0.1 * i)])], 61, 1000);

        var histogram = figure.Data.Single(trace => (string)trace!["name"]! == "failures")!;
        double[] x = [.. ((JsonArray)histogram["x"]!).Select(value => (double)value!)];
        double[] y = [.. ((JsonArray)histogram["y"]!).Select(value => (double)value!)];
        Assert.Equal((0, 6), (x[0], Math.Round(x[^1], 6)));
        Assert.Equal(17, x.Length);
        Assert.Equal(1, y.Take(16).Sum() * (x[1] - x[0]), 1e-3);
        Assert.Contains("61 of 1,000 failed", figure.Caption, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 2.5 })]
    [InlineData(new[] { 0.0, 0.0 })]
    [InlineData(new[] { double.NaN })]
    [InlineData(new double[0])]
    public void Few_failures_make_a_figure_too(double[] values) => Assert.Equal(2, FailuresFigure.Create([new FailurePanel("x", null, values)], values.Length, 5).Data.Count);

    [Fact]
    public void Many_failures_are_marked_now_and_then()
    {
        var figure = FailuresFigure.Create([new FailurePanel("x", null, [.. Enumerable.Range(0, 2000).Select(i => (double)i)])], 2000, 2000);

        Assert.InRange(((JsonArray)figure.Data[^1]!["x"]!).Count, 200, 300);
    }
}
