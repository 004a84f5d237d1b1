using System.Text.Json.Nodes;
using Calibrate.Numerics.Distributions;
using Calibrate.Numerics.Statistics;

namespace Calibrate.Reports.Figures;

/// <summary>The posterior density of each quantity over its prior: what the observations taught.</summary>
public static class MarginalsFigure
{
    private const int PanelHeight = 210;

    // A prior that is wider than this many times the posterior is cut off: the posterior must stay readable.
    private const double WidestPrior = 3;

    /// <summary>What the figure needs of one quantity.</summary>
    /// <param name="draws">The quantity's draws.</param>
    /// <param name="effectiveSize">Their bulk effective sample size; NaN when it is not known.</param>
    /// <param name="prior">The quantity's prior, null for none.</param>
    public static MarginalPanel Summarise(QuantityDraws draws, double effectiveSize, PriorCurve? prior)
    {
        ArgumentNullException.ThrowIfNull(draws);
        var support = prior?.Support ?? Support.RealLine;
        var density = KernelDensity.Of(draws.Draws, effectiveSize, support);
        var sorted = DrawThinning.Every(DrawThinning.StrideFor(draws.Draws.Count, DrawThinning.MostDraws), draws.Draws).All.ToArray();
        Array.Sort(sorted);
        var (lower, upper) = density is null
            ? (sorted.FirstOrDefault(), sorted.LastOrDefault())
            : Range(density, prior);
        return new MarginalPanel(
            draws.AxisTitle,
            density,
            prior?.Over(lower, upper),
            sorted.Length == 0 ? double.NaN : Quantiles.OfSorted(sorted, 0.5),
            sorted.Length == 0 ? double.NaN : Quantiles.OfSorted(sorted, 0.05),
            sorted.Length == 0 ? double.NaN : Quantiles.OfSorted(sorted, 0.95),
            (lower, upper));
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="panels">One panel per quantity.</param>
    public static Figure Create(IReadOnlyList<MarginalPanel> panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        var grid = new PanelGrid(panels.Count, 2, PanelHeight);
        var data = new JsonArray();
        for (var p = 0; p < panels.Count; p++)
        {
            var panel = panels[p];
            var x = PanelGrid.Axis(panel.AxisTitle);
            x["range"] = new JsonArray(PlotlyNumbers.Of(panel.Range.Lower), PlotlyNumbers.Of(panel.Range.Upper));
            grid.Place(p, x, DensityAxis(p % 2 == 0 ? "density" : ""));
            grid.Line(p, panel.Median, null, Palette.Blue, "solid");
            foreach (var end in (double[])[panel.Q05, panel.Q95])
            {
                grid.Line(p, end, null, Palette.Blue, "dot");
            }

            AddCurves(data, p, panel, PanelGrid.On);
        }

        return new Figure(
            FigureNames.Marginals,
            "Posterior and prior: what did the observations teach?",
            "Filled: the posterior density; vertical lines: its median and the interval that holds 90 %. Dashed: the prior. Where both look alike the "
            + "observations say nothing about the quantity; a posterior that leans on the end of its prior asks for a second look at the prior. "
            + "Kernel width by Botev et al. (2010) for the effective sample size; densities end where the prior does.",
            data,
            grid.Layout);
    }

    internal static JsonObject DensityAxis(string title)
    {
        var y = PanelGrid.Axis(title);
        y["rangemode"] = "tozero";
        y["showticklabels"] = false;
        y["ticks"] = "";
        return y;
    }

    internal static void AddCurves(JsonArray data, int panel, MarginalPanel marginal, Func<int, JsonObject, JsonObject> on)
    {
        if (marginal.Density is { } density)
        {
            data.Add(on(panel, new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "lines",
                ["name"] = "posterior",
                ["legendgroup"] = "posterior",
                ["showlegend"] = panel == 0,
                ["x"] = PlotlyNumbers.Along(density.X),
                ["y"] = PlotlyNumbers.Along(density.Density),
                ["fill"] = "tozeroy",
                ["fillcolor"] = Palette.Translucent(Palette.Blue, 0.25),
                ["line"] = new JsonObject { ["color"] = Palette.Blue, ["width"] = 2 },
            }));
        }

        if (marginal.Prior is { } prior)
        {
            data.Add(on(panel, new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "lines",
                ["name"] = "prior",
                ["legendgroup"] = "prior",
                ["showlegend"] = panel == 0,
                ["x"] = PlotlyNumbers.Along(prior.X),
                ["y"] = PlotlyNumbers.Along(prior.Density),
                ["line"] = new JsonObject { ["color"] = Palette.Muted, ["width"] = 1.6, ["dash"] = "dash" },
            }));
        }
    }

    private static (double Lower, double Upper) Range(KernelDensity density, PriorCurve? prior)
    {
        var step = density.X[1] - density.X[0];
        var (lower, upper) = (density.X[0] - (0.5 * step), density.X[^1] + (0.5 * step));
        if (prior?.Bulk is not { } bulk)
        {
            return (lower, upper);
        }

        var slack = 0.5 * (WidestPrior - 1) * (upper - lower);
        return (Math.Min(lower, Math.Max(bulk.Lower, lower - slack)), Math.Max(upper, Math.Min(bulk.Upper, upper + slack)));
    }
}

/// <summary>One quantity's part of a <see cref="MarginalsFigure"/>.</summary>
/// <param name="AxisTitle">The quantity, escaped.</param>
/// <param name="Density">The posterior density; null when all draws are the same.</param>
/// <param name="Prior">The prior density over the panel; null for none.</param>
/// <param name="Median">Median of the draws.</param>
/// <param name="Q05">Their 5 % quantile.</param>
/// <param name="Q95">Their 95 % quantile.</param>
/// <param name="Range">Ends of the panel.</param>
public sealed record MarginalPanel(
    string AxisTitle, KernelDensity? Density, (double[] X, double[] Density)? Prior, double Median, double Q05, double Q95, (double Lower, double Upper) Range);
