using System.Globalization;
using System.Text.Json.Nodes;
using Calibrate.Reports.History;

namespace Calibrate.Reports.Figures;

/// <summary>The accepted share of walker steps over the iterations, as the journal's blocks tell it.</summary>
public static class AcceptanceFigure
{
    /// <summary>Most points of a curve.</summary>
    public const int MostPoints = 150;

    // Foreman-Mackey, Hogg, Lang and Goodman, PASP 125 (2013) 306, section 4: "it seems like it should be between 0.2 and 0.5".
    private const double UsualFrom = 0.2;
    private const double UsualTo = 0.5;

    /// <summary>Accepted shares in equal stretches of the iterations.</summary>
    /// <param name="steps">What the blocks say.</param>
    /// <param name="ensembles">Independent ensembles.</param>
    /// <param name="iteration">Last iteration to show.</param>
    /// <returns><c>Shares[ensemble][stretch]</c>, NaN where no block reaches; a block counts in every stretch by how much of it lies there.</returns>
    public static AcceptancePanel Summarise(IReadOnlyList<BlockOfSteps> steps, int ensembles, int iteration)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var longest = steps.Count == 0 ? 1 : Math.Max(1, steps.Max(step => step.To - Math.Max(0, step.From)));
        var stretches = Math.Clamp(iteration / longest, 1, MostPoints);
        var width = Math.Max(1, iteration) / (double)stretches;
        var accepted = Enumerable.Range(0, ensembles).Select(_ => new double[stretches]).ToArray();
        var made = Enumerable.Range(0, ensembles).Select(_ => new double[stretches]).ToArray();
        foreach (var step in steps)
        {
            var (from, to) = ((double)Math.Max(0, step.From), (double)step.To);
            for (var s = (int)(from / width); to > from && s < stretches && s * width < to; s++)
            {
                var share = (Math.Min(to, (s + 1) * width) - Math.Max(from, s * width)) / (to - from);
                accepted[step.Ensemble][s] += share * step.Accepted;
                made[step.Ensemble][s] += share * step.Steps;
            }
        }

        return new AcceptancePanel(
            [.. Enumerable.Range(0, stretches + 1).Select(s => s * width)],
            [.. accepted.Select((counts, e) => counts.Select((count, s) => made[e][s] > 0 ? count / made[e][s] : double.NaN).ToArray())]);
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="panel">The shares.</param>
    /// <param name="warmUp">Last iteration of the warm-up.</param>
    public static Figure Create(AcceptancePanel panel, int warmUp)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var grid = new PanelGrid(1, 1, 220);
        var y = PanelGrid.Axis("accepted share");
        y["range"] = new JsonArray(0, PlotlyNumbers.Of(Math.Min(1, Math.Max(0.6, 1.1 * panel.Shares.SelectMany(s => s).Where(double.IsFinite).DefaultIfEmpty(0).Max()))));
        var x = PanelGrid.Axis("iteration");
        x["rangemode"] = "tozero";
        grid.Place(0, x, y);
        grid.HorizontalBand(0, UsualFrom, UsualTo);
        if (warmUp > 0)
        {
            grid.Line(0, warmUp, null, Palette.Muted, "dash");
        }

        var data = new JsonArray();
        for (var e = 0; e < panel.Shares.Count; e++)
        {
            data.Add(PanelGrid.On(0, new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "lines",
                ["name"] = string.Create(CultureInfo.InvariantCulture, $"ensemble {e}"),
                ["x"] = PlotlyNumbers.Along(panel.Ends),
                ["y"] = PlotlyNumbers.Along([.. panel.Shares[e], panel.Shares[e][^1]], 1),
                ["line"] = new JsonObject { ["color"] = Palette.Of(e), ["width"] = 1.8, ["shape"] = "hv", ["dash"] = Palette.Dash(e) },
            }));
        }

        return new Figure(
            FigureNames.Acceptance,
            "Acceptance: do the walkers move?",
            "Share of proposals that were accepted, per ensemble, averaged over the blocks that the journal keeps. Between 0.2 and 0.5 (grey) is usual; much "
            + "less means that proposals rarely find a better place (many parameters, failures, or a posterior of several islands). The dashed line ends the warm-up.",
            data,
            grid.Layout);
    }
}

/// <summary>What an <see cref="AcceptanceFigure"/> shows.</summary>
/// <param name="Ends">First iteration of each stretch, and the last of all.</param>
/// <param name="Shares"><c>[ensemble][stretch]</c>: accepted share; NaN where nothing is known.</param>
public sealed record AcceptancePanel(double[] Ends, IReadOnlyList<double[]> Shares);
