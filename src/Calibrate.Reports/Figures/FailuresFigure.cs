using System.Text.Json.Nodes;

namespace Calibrate.Reports.Figures;

/// <summary>Where in parameter space evaluations failed, against where the posterior lies.</summary>
public static class FailuresFigure
{
    private const int MostBins = 30;
    private const int MostMarks = 300;
    private const int PanelHeight = 170;

    /// <summary>Draws the figure.</summary>
    /// <param name="panels">One panel per parameter.</param>
    /// <param name="kept">How many failures the journal holds in full.</param>
    /// <param name="total">How many there were.</param>
    public static Figure Create(IReadOnlyList<FailurePanel> panels, int kept, long total)
    {
        ArgumentNullException.ThrowIfNull(panels);
        var grid = new PanelGrid(panels.Count, 2, PanelHeight);
        var data = new JsonArray();
        for (var p = 0; p < panels.Count; p++)
        {
            var panel = panels[p];
            grid.Place(p, PanelGrid.Axis(panel.AxisTitle), MarginalsFigure.DensityAxis(p % 2 == 0 ? "density" : ""));
            if (panel.Posterior is { } posterior)
            {
                data.Add(PanelGrid.On(p, Curve("posterior", posterior.X, posterior.Density, Palette.Blue, false, p == 0)));
            }

            var (edges, heights) = Histogram(panel.Values);
            data.Add(PanelGrid.On(p, Curve("failures", edges, heights, Palette.Vermillion, true, p == 0)));
            data.Add(PanelGrid.On(p, Marks(panel.Values)));
        }

        return new Figure(
            FigureNames.Failures,
            "Failures: where in parameter space does the model give up?",
            FormattableString.Invariant($"Values of the parameters at {kept:#,0} of {total:#,0} failed evaluations (up to 16 of every journaled block are kept), against the posterior. ")
            + "Failures count as impossible: where they overlap the posterior, it ends there because the model does, not because of the observations.",
            data,
            grid.Layout);
    }

    private static (double[] Edges, double[] Heights) Histogram(double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return ([], []);
        }

        // Twice the square root of their number: a handful of failures is no comb.
        var bins = Math.Clamp((int)Math.Ceiling(2 * Math.Sqrt(finite.Length)), 1, MostBins);
        var (lower, upper) = (finite.Min(), finite.Max());
        var width = upper > lower ? (upper - lower) / bins : Math.Max(1e-12, 1e-3 * Math.Abs(lower));
        var heights = new double[bins + 1];
        foreach (var value in finite)
        {
            heights[Math.Min(bins - 1, (int)((value - lower) / width))] += 1 / (width * finite.Length);
        }

        heights[bins] = heights[bins - 1];
        return ([.. Enumerable.Range(0, bins + 1).Select(i => lower + (i * width))], heights);
    }

    private static JsonObject Curve(string name, double[] x, double[] y, string colour, bool steps, bool inLegend) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = name,
        ["legendgroup"] = name,
        ["showlegend"] = inLegend,
        ["x"] = PlotlyNumbers.Along(x),
        ["y"] = PlotlyNumbers.Along(y),
        ["fill"] = "tozeroy",
        ["fillcolor"] = Palette.Translucent(colour, 0.25),
        ["line"] = new JsonObject { ["color"] = colour, ["width"] = 1.6, ["shape"] = steps ? "hv" : "linear" },
    };

    private static JsonObject Marks(double[] values)
    {
        var stride = DrawThinning.StrideFor(values.Length, MostMarks);
        double[] shown = [.. values.Where((_, i) => i % stride == 0)];
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["name"] = "failed evaluation",
            ["showlegend"] = false,
            ["x"] = PlotlyNumbers.Along(shown),
            ["y"] = PlotlyNumbers.Along(new double[shown.Length], 1),
            ["marker"] = new JsonObject { ["symbol"] = "line-ns-open", ["size"] = 8, ["color"] = Palette.Vermillion },
        };
    }
}

/// <summary>One parameter's part of a <see cref="FailuresFigure"/>.</summary>
/// <param name="AxisTitle">The parameter, escaped.</param>
/// <param name="Posterior">Its posterior density; null when it is not known.</param>
/// <param name="Values">Its values at failed evaluations.</param>
public sealed record FailurePanel(string AxisTitle, KernelDensity? Posterior, double[] Values);
