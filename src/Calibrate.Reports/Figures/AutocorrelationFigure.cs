using System.Globalization;
using System.Text.Json.Nodes;
using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Reports.Figures;

/// <summary>How long a walker remembers: the autocorrelation of each quantity against the lag, with the autocorrelation time.</summary>
public static class AutocorrelationFigure
{
    /// <summary>Most points of a curve.</summary>
    public const int MostPoints = 300;

    // What emcee sums goes to five autocorrelation times; twice as much shows how the rest behaves.
    private const double LagsInTimes = 10;
    private const int FewestLags = 20;
    private const int PanelHeight = 170;

    /// <summary>What the figure needs of one quantity.</summary>
    /// <param name="draws">The quantity's draws.</param>
    /// <param name="tau">Autocorrelation time in iterations; NaN when it is not known.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static AutocorrelationPanel Summarise(QuantityDraws draws, double tau, DiagnosticScratch? scratch = null)
    {
        ArgumentNullException.ThrowIfNull(draws);
        var wanted = double.IsFinite(tau) ? (int)Math.Ceiling(LagsInTimes * tau / draws.Thin) : draws.Draws.Iterations / 2;
        var lags = Math.Min(Math.Max(FewestLags, wanted), Math.Max(1, draws.Draws.Iterations / 2));
        var all = AutocorrelationFunction.Of(draws.Draws, lags + 1, scratch);
        var stride = DrawThinning.StrideFor(all.Length, MostPoints);
        return new AutocorrelationPanel(
            draws.AxisTitle, [.. all.Where((_, lag) => lag % stride == 0)], stride * draws.Thin, tau, (draws.Draws.Iterations - 1) * draws.Thin / tau);
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="panels">One panel per quantity.</param>
    public static Figure Create(IReadOnlyList<AutocorrelationPanel> panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        var grid = new PanelGrid(panels.Count, 2, PanelHeight);
        var data = new JsonArray();
        for (var p = 0; p < panels.Count; p++)
        {
            var panel = panels[p];
            var known = double.IsFinite(panel.Tau);
            var x = PanelGrid.Axis(panel.AxisTitle + "<br>lag in iterations" + (known ? string.Create(CultureInfo.InvariantCulture, $", <b>τ = {panel.Tau:G3}</b>") : ""));
            grid.Place(p, x, PanelGrid.Axis("autocorrelation"));
            grid.Line(p, null, 0, Palette.Muted, "solid");
            if (known)
            {
                grid.Line(p, panel.Tau, null, Palette.Vermillion, "solid");
                grid.Line(p, AutocorrelationTime.DefaultWindow * panel.Tau, null, Palette.Vermillion, "dot");
            }

            data.Add(PanelGrid.On(p, new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "lines",
                ["name"] = panel.AxisTitle,
                ["showlegend"] = false,
                ["x"] = PlotlyNumbers.Steps(0, panel.LagStep, panel.Values.Length),
                ["y"] = PlotlyNumbers.Along(panel.Values),
                ["line"] = new JsonObject { ["color"] = Palette.Blue, ["width"] = 1.8 },
            }));
        }

        var shortest = panels.Select(panel => panel.Times).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        return new Figure(
            FigureNames.Autocorrelation,
            "Autocorrelation: how long does a walker remember where it was?",
            "Averaged over all walkers. Solid line: the autocorrelation time τ, the iterations that one independent draw of a walker costs; dotted: 5 τ, up to "
            + "where it is summed (Sokal's window, as in emcee). The curve should have died down to zero there."
            + (double.IsFinite(shortest) ? string.Create(CultureInfo.InvariantCulture, $" The chains are at least {shortest:#,0} τ long; more than 50 are asked for.") : ""),
            data,
            grid.Layout);
    }
}

/// <summary>One quantity's part of an <see cref="AutocorrelationFigure"/>.</summary>
/// <param name="AxisTitle">The quantity, escaped.</param>
/// <param name="Values">Autocorrelations, from lag 0 in steps of <paramref name="LagStep"/>.</param>
/// <param name="LagStep">Iterations from one value to the next.</param>
/// <param name="Tau">Autocorrelation time in iterations; NaN when it is not known.</param>
/// <param name="Times">Length of the chains in autocorrelation times.</param>
public sealed record AutocorrelationPanel(string AxisTitle, double[] Values, int LagStep, double Tau, double Times);
