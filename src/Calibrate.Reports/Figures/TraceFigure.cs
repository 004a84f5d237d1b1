using System.Text.Json.Nodes;

namespace Calibrate.Reports.Figures;

/// <summary>Walkers and the mean of each ensemble over iterations: drift, stuck walkers and ensembles that disagree are seen at a glance.</summary>
public static class TraceFigure
{
    /// <summary>Most points of a line.</summary>
    public const int MostPoints = 600;

    /// <summary>Most walkers shown per quantity.</summary>
    public const int MostWalkers = 8;

    private const int PanelHeight = 150;
    private const int GapPixels = 20;

    /// <summary>What the figure needs of one quantity.</summary>
    /// <param name="draws">The quantity's draws.</param>
    public static TracePanel Summarise(QuantityDraws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        var stride = DrawThinning.StrideFor(draws.Draws.Iterations, MostPoints);
        var points = (draws.Draws.Iterations + stride - 1) / stride;
        var perEnsemble = Math.Max(1, Math.Min(draws.Walkers, MostWalkers / draws.Ensembles));
        List<TraceLine> walkers = [];
        List<TraceLine> means = [];
        for (var ensemble = 0; ensemble < draws.Ensembles; ensemble++)
        {
            for (var w = 0; w < perEnsemble && walkers.Count < MostWalkers; w++)
            {
                var walker = w * draws.Walkers / perEnsemble;
                var chain = draws.Draws.Chain((ensemble * draws.Walkers) + walker);
                var values = new double[points];
                for (var i = 0; i < points; i++)
                {
                    values[i] = chain[i * stride];
                }

                walkers.Add(new TraceLine(ensemble, walker, values));
            }

            means.Add(new TraceLine(ensemble, -1, Means(draws, ensemble, stride, points)));
        }

        return new TracePanel(draws.AxisTitle, draws.FirstIteration, stride * draws.Thin, walkers, means);
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="panels">One panel per quantity.</param>
    public static Figure Create(IReadOnlyList<TracePanel> panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        var grid = new PanelGrid(panels.Count, 1, PanelHeight, GapPixels);
        var data = new JsonArray();
        for (var p = 0; p < panels.Count; p++)
        {
            var panel = panels[p];
            var x = PanelGrid.Axis(p == panels.Count - 1 ? "iteration" : "");
            x["showticklabels"] = p == panels.Count - 1;
            if (p > 0)
            {
                x["matches"] = "x";
            }

            grid.Place(p, x, PanelGrid.Axis(PlotlyText.Wrapped(panel.AxisTitle)));
            foreach (var line in panel.Walkers)
            {
                data.Add(PanelGrid.On(p, Trace(panel, line, Palette.Translucent(Palette.Of(line.Ensemble), 0.35), 0.8, FormattableString.Invariant($"walker {line.Walker} of ensemble {line.Ensemble}"), false)));
            }

            foreach (var line in panel.Means)
            {
                data.Add(PanelGrid.On(p, Trace(panel, line, Palette.Of(line.Ensemble), 2, FormattableString.Invariant($"ensemble {line.Ensemble}, mean"), p == 0)));
            }
        }

        var stride = panels.Count > 0 ? panels[0].IterationStep : 1;
        return new Figure(
            FigureNames.Trace,
            "Traces: do the ensembles wander over the same range, without drift?",
            "Thin lines are single walkers, heavy lines the mean over an ensemble's walkers. Lines that cross all the time are good; a trend, an ensemble that "
            + "keeps to itself or a walker that stands still is not."
            + (stride > 1 ? FormattableString.Invariant($" Walkers are shown every {stride} iterations, means over as many.") : ""),
            data,
            grid.Layout);
    }

    private static double[] Means(QuantityDraws draws, int ensemble, int stride, int points)
    {
        var sums = new double[points];
        var counts = new int[points];
        for (var walker = 0; walker < draws.Walkers; walker++)
        {
            var chain = draws.Draws.Chain((ensemble * draws.Walkers) + walker);
            for (var i = 0; i < chain.Length; i++)
            {
                sums[i / stride] += chain[i];
                counts[i / stride]++;
            }
        }

        for (var i = 0; i < points; i++)
        {
            sums[i] /= counts[i];
        }

        return sums;
    }

    private static JsonObject Trace(TracePanel panel, TraceLine line, string colour, double width, string name, bool inLegend) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = name,
        ["legendgroup"] = FormattableString.Invariant($"e{line.Ensemble}"),
        ["showlegend"] = inLegend,
        ["x"] = PlotlyNumbers.Steps(panel.FirstIteration, panel.IterationStep, line.Values.Length),
        ["y"] = PlotlyNumbers.Along(line.Values),
        ["line"] = new JsonObject { ["color"] = colour, ["width"] = width, ["dash"] = line.Walker < 0 ? Palette.Dash(line.Ensemble) : "solid" },
    };
}

/// <summary>One quantity's part of a <see cref="TraceFigure"/>.</summary>
/// <param name="AxisTitle">Title of the vertical axis, escaped.</param>
/// <param name="FirstIteration">Iteration of every line's first point.</param>
/// <param name="IterationStep">Iterations from one point to the next.</param>
/// <param name="Walkers">Single walkers.</param>
/// <param name="Means">Means over an ensemble's walkers and the step's iterations, one per ensemble.</param>
public sealed record TracePanel(
    string AxisTitle, int FirstIteration, int IterationStep, IReadOnlyList<TraceLine> Walkers, IReadOnlyList<TraceLine> Means);

/// <summary>One line of a <see cref="TracePanel"/>.</summary>
/// <param name="Ensemble">Index of the ensemble.</param>
/// <param name="Walker">Index of the walker in it; -1 for the mean of all.</param>
/// <param name="Values">One value per point.</param>
public sealed record TraceLine(int Ensemble, int Walker, double[] Values);
