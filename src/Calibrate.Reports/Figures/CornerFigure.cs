using System.Globalization;
using System.Text.Json.Nodes;

namespace Calibrate.Reports.Figures;

/// <summary>All pairs of quantities: densities on the diagonal, highest-density regions of 50 % and 90 % below it.</summary>
public static class CornerFigure
{
    /// <summary>Most quantities shown: more would be stamps.</summary>
    public const int MostQuantities = 6;

    // What is drawn is the share of draws outside of a region, so that the density's peak is also that of the heights.
    private const double Outside90 = 0.1;
    private const double Outside50 = 0.5;
    private const int MostDots = 400;
    private const int LabelWidth = 16;
    private const int Margin = 76;
    private const double Gap = 0.02;

    /// <summary>Draws the figure.</summary>
    /// <param name="quantities">The quantities, at most <see cref="MostQuantities"/>; all with the same draws.</param>
    /// <param name="omitted">How many more there are, for the caption.</param>
    public static Figure Create(IReadOnlyList<CornerQuantity> quantities, int omitted)
    {
        ArgumentNullException.ThrowIfNull(quantities);
        var count = quantities.Count;
        var side = Math.Clamp(860 / count, 140, 320);
        var layout = PanelGrid.BaseLayout((side * count) + (2 * Margin));
        layout["margin"] = new JsonObject { ["l"] = Margin, ["r"] = 16, ["t"] = 44, ["b"] = Margin };
        layout["meta"] = new JsonObject { ["minWidth"] = (Math.Max(140, side / 2) * count) + Margin };
        var data = new JsonArray();
        var panel = 0;
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column <= row; column++, panel++)
            {
                Place(layout, quantities, row, column, panel);
                if (row == column)
                {
                    MarginalsFigure.AddCurves(data, panel, quantities[row].Marginal, On);
                }
                else
                {
                    AddPair(data, panel, quantities[column], quantities[row]);
                }
            }
        }

        return new Figure(
            FigureNames.Corner,
            "Pairs: which quantities can be traded against each other?",
            "Dark and light regions hold 50 % and 90 % of the draws (highest density); dots are single draws. A long slanted region says that only a "
            + "combination of the two is known well; a bent or split one that the posterior is far from a normal distribution."
            + (omitted > 0 ? string.Create(CultureInfo.InvariantCulture, $" {omitted} more {(omitted == 1 ? "quantity is" : "quantities are")} left out: a corner plot holds at most {MostQuantities}.") : ""),
            data,
            layout);
    }

    private static void Place(JsonObject layout, IReadOnlyList<CornerQuantity> quantities, int row, int column, int panel)
    {
        var count = quantities.Count;
        var cell = (1 - (Gap * (count - 1))) / count;
        var isDiagonal = row == column;
        var x = PanelGrid.Axis(row == count - 1 ? Wrap(quantities[column]) : "");
        var y = isDiagonal ? MarginalsFigure.DensityAxis("") : PanelGrid.Axis(column == 0 ? Wrap(quantities[row]) : "");
        foreach (var (axis, quantity) in isDiagonal ? [(x, quantities[column])] : ((JsonObject, CornerQuantity)[])[(x, quantities[column]), (y, quantities[row])])
        {
            axis["range"] = new JsonArray(PlotlyNumbers.Of(quantity.Range.Lower), PlotlyNumbers.Of(quantity.Range.Upper));
            axis["nticks"] = 5;
            axis["tickangle"] = 0;
        }

        x["showticklabels"] = row == count - 1;
        if (!isDiagonal)
        {
            y["showticklabels"] = column == 0;
        }

        x["automargin"] = row == count - 1;
        y["automargin"] = column == 0;
        x["domain"] = new JsonArray(PlotlyNumbers.Of(column * (cell + Gap)), PlotlyNumbers.Of((column * (cell + Gap)) + cell));
        var top = 1 - (row * (cell + Gap));
        y["domain"] = new JsonArray(PlotlyNumbers.Of(Math.Max(0, top - cell)), PlotlyNumbers.Of(top));
        x["anchor"] = "y" + Suffix(panel);
        y["anchor"] = "x" + Suffix(panel);
        layout["xaxis" + Suffix(panel)] = x;
        layout["yaxis" + Suffix(panel)] = y;
    }

    private static void AddPair(JsonArray data, int panel, CornerQuantity x, CornerQuantity y)
    {
        var enclosed = HighestDensityRegions.Enclose(x.Draws, y.Draws, x.Range, y.Range, Math.Min(x.EffectiveSize, y.EffectiveSize));
        data.Add(On(panel, Dots(x, y)));
        data.Add(On(panel, Regions(enclosed, x.Range, y.Range)));
    }

    private static JsonObject Dots(CornerQuantity x, CornerQuantity y)
    {
        var stride = DrawThinning.StrideFor(x.Draws.Length, MostDots);
        var count = (x.Draws.Length + stride - 1) / stride;
        var (xs, ys) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            (xs[i], ys[i]) = (x.Draws[i * stride], y.Draws[i * stride]);
        }

        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["showlegend"] = false,
            ["hoverinfo"] = "skip",
            ["x"] = PlotlyNumbers.Along(xs),
            ["y"] = PlotlyNumbers.Along(ys),
            ["marker"] = new JsonObject { ["size"] = 2, ["color"] = Palette.Translucent(Palette.Muted, 0.5) },
        };
    }

    private static JsonObject Regions(double[,] enclosed, (double Lower, double Upper) x, (double Lower, double Upper) y)
    {
        var rows = new JsonArray();
        for (var row = 0; row < HighestDensityRegions.Cells; row++)
        {
            var line = new JsonArray();
            for (var column = 0; column < HighestDensityRegions.Cells; column++)
            {
                line.Add(JsonValue.Create(Math.Round(1 - enclosed[row, column], 3)));
            }

            rows.Add(line);
        }

        return new JsonObject
        {
            ["type"] = "contour",
            ["z"] = rows,
            ["x"] = PlotlyNumbers.Along(Centres(x)),
            ["y"] = PlotlyNumbers.Along(Centres(y)),
            ["zmin"] = 0,
            ["zmax"] = 1,
            ["zauto"] = false,
            ["autocontour"] = false,
            ["contours"] = new JsonObject { ["start"] = Outside90, ["end"] = Outside50, ["size"] = Outside50 - Outside90, ["coloring"] = "fill" },
            // plotly spreads the scale over the regions that two levels make (beyond 90 %, within 90 %, within 50 %), and paints each over the one around it.
            ["colorscale"] = new JsonArray(
                new JsonArray(0, Palette.Translucent(Palette.Blue, 0)),
                new JsonArray(0.5, Palette.Translucent(Palette.Blue, 0.25)),
                new JsonArray(1, Palette.Translucent(Palette.Blue, 0.4))),
            ["line"] = new JsonObject { ["color"] = Palette.Blue, ["width"] = 1 },
            ["showscale"] = false,
            ["showlegend"] = false,
            ["hovertemplate"] = "%{x:.4g}, %{y:.4g}<br>%{z:.0%} of the draws are less dense<extra></extra>",
        };
    }

    private static double[] Centres((double Lower, double Upper) range) =>
        [.. Enumerable.Range(0, HighestDensityRegions.Cells).Select(i => range.Lower + ((i + 0.5) * (range.Upper - range.Lower) / HighestDensityRegions.Cells))];

    private static JsonObject On(int panel, JsonObject trace)
    {
        trace["xaxis"] = "x" + Suffix(panel);
        trace["yaxis"] = "y" + Suffix(panel);
        return trace;
    }

    private static string Suffix(int panel) => panel == 0 ? "" : (panel + 1).ToString(CultureInfo.InvariantCulture);

    private static string Wrap(CornerQuantity quantity) => PlotlyText.Wrapped(quantity.Marginal.AxisTitle, LabelWidth);
}

/// <summary>One quantity of a <see cref="CornerFigure"/>.</summary>
/// <param name="Marginal">Its density.</param>
/// <param name="Draws">Draws in the same order for all quantities; at most some hundred thousand are of use.</param>
/// <param name="EffectiveSize">How many independent draws they are worth.</param>
public sealed record CornerQuantity(MarginalPanel Marginal, double[] Draws, double EffectiveSize)
{
    /// <summary>Ends of its axes: those of the posterior's density, whatever the prior.</summary>
    public (double Lower, double Upper) Range => Marginal.Density is { } density
        ? (density.X[0] - (0.5 * (density.X[1] - density.X[0])), density.X[^1] + (0.5 * (density.X[1] - density.X[0])))
        : Marginal.Range.Lower < Marginal.Range.Upper ? Marginal.Range : (Marginal.Median - 0.5, Marginal.Median + 0.5);
}
