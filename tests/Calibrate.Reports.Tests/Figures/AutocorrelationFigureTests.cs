using System.Text.Json.Nodes;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class AutocorrelationFigureTests
{
    [Fact]
    public void Lags_are_told_in_iterations_and_reach_ten_times_tau()
    {
        var panel = AutocorrelationFigure.Summarise(Draws.Normal(1, 4, 2000, thin: 10), tau: 50);

        Assert.Equal(10, panel.LagStep);
        Assert.Equal(51, panel.Values.Length);
        Assert.Equal(1, panel.Values[0], 1e-12);
        Assert.Equal(19_990.0 / 50, panel.Times, 1e-9);
    }

    /// <summary>An alternating series has autocorrelation (-1)^t (n - t) / n.</summary>
    [Fact]
    public void Known_autocorrelations_are_drawn()
    {
        var panel = AutocorrelationFigure.Summarise(Draws.Of(1, 2, 100, (_, iteration) => iteration % 2 == 0 ? 1 : -1), tau: 1);

        for (var lag = 0; lag <= 20; lag++)
        {
            Assert.Equal((lag % 2 == 0 ? 1 : -1) * (100 - lag) / 100.0, panel.Values[lag], 1e-9);
        }
    }

    [Fact]
    public void Slow_chains_are_thinned_to_what_a_screen_shows()
    {
        var panel = AutocorrelationFigure.Summarise(Draws.Normal(1, 2, 20_000), tau: 500);

        Assert.InRange(panel.Values.Length, 100, AutocorrelationFigure.MostPoints);
        Assert.Equal(17, panel.LagStep);
    }

    [Fact]
    public void A_walker_that_never_moved_has_no_curve_but_a_panel()
    {
        var figure = AutocorrelationFigure.Create([AutocorrelationFigure.Summarise(Draws.Of(1, 2, 100, (_, _) => 1), double.NaN)]);

        Assert.All((JsonArray)figure.Data[0]!["y"]!, Assert.Null);
        Assert.DoesNotContain("τ =", (string)figure.Layout["xaxis"]!["title"]!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_is_marked_and_its_window_too()
    {
        var figure = AutocorrelationFigure.Create([AutocorrelationFigure.Summarise(Draws.Normal(1, 4, 2000), tau: 12.5)]);

        var marks = ((JsonArray)figure.Layout["shapes"]!).Select(shape => shape!["x0"]!.ToJsonString()).ToArray();
        Assert.Contains("12.5", marks);
        Assert.Contains("62.5", marks);
        Assert.Contains("<b>τ = 12.5</b>", (string)figure.Layout["xaxis"]!["title"]!["text"]!, StringComparison.Ordinal);
        Assert.Contains("at least 160 τ long", figure.Caption, StringComparison.Ordinal);
    }
}
