using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class AutocorrelationFunctionTests
{
    /// <summary>The biased estimate of an alternating series is (-1)^t (n - t) / n.</summary>
    [Fact]
    public void An_alternating_series_alternates()
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 1.0 : -1.0)];

        var function = AutocorrelationFunction.Of(new DrawMatrix(values, 2, 100), 60);

        Assert.Equal(60, function.Length);
        for (var lag = 0; lag < 60; lag++)
        {
            Assert.Equal((lag % 2 == 0 ? 1 : -1) * (100 - lag) / 100.0, function[lag], 1e-12);
        }
    }

    /// <summary>It is what the autocorrelation time sums: 1 + 2 sum of rho up to the first lag M of at least 5 tau.</summary>
    [Fact]
    public void The_autocorrelation_time_is_its_sum()
    {
        var values = new double[4000];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (i % 1000 == 0 ? 0 : 0.8 * values[i - 1]) + Math.Sin(i * 12.9898 % 7) - (0.5 * Math.Cos(i * 78.233 % 11));
        }

        var draws = new DrawMatrix(values, 4, 1000);
        var function = AutocorrelationFunction.Of(draws, 1000);

        var time = -1.0;
        for (var lag = 0; lag < 5 * time || lag == 0; lag++)
        {
            time += 2 * function[lag];
        }

        Assert.Equal(AutocorrelationTime.Of(draws), time, 1e-9);
    }

    [Fact]
    public void What_has_no_autocorrelation_has_none_here()
    {
        Assert.All(AutocorrelationFunction.Of(new DrawMatrix([1, 1, 1, 1], 1, 4), 4), value => Assert.True(double.IsNaN(value)));
        Assert.Empty(AutocorrelationFunction.Of(new DrawMatrix([1, double.NaN], 1, 2), 2));
        Assert.Empty(AutocorrelationFunction.Of(new DrawMatrix([1, 2], 1, 2), 0));
        Assert.Equal(2, AutocorrelationFunction.Of(new DrawMatrix([1, 2], 1, 2), 10).Length);
    }
}
