using System.Text.Json.Nodes;
using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Reports.Figures;

/// <summary>
/// Rank plots: histograms of the ranks that an ensemble's draws have among all draws. If all ensembles sample the same distribution, every
/// histogram is flat.
/// </summary>
/// <remarks>
/// Vehtari, Gelman, Simpson, Carpenter and Bürkner, "Rank-normalization, folding, and localization: an improved R-hat for assessing convergence of
/// MCMC", Bayesian Analysis 16 (2021) 667, section 5. Chains are here ensembles, which are independent; walkers are not. A single ensemble is compared
/// in two halves of its time, as R-hat does it.
/// </remarks>
public static class RankFigure
{
    /// <summary>Bins of a histogram, as in the paper's figures.</summary>
    public const int Bins = 20;

    // Two-sided 99 % of a normal distribution: of twenty bins times a few ensembles, a few per hundred may lie outside.
    private const double Quantile99 = 2.5758293035489004;

    private const int PanelHeight = 190;

    /// <summary>What the figure needs of one quantity.</summary>
    /// <param name="draws">The quantity's draws; at most 100,000 of them are ranked, evenly spread.</param>
    /// <param name="effectiveSize">Bulk effective sample size of all draws, from which the expected scatter follows; NaN when it is not known.</param>
    public static RankPanel Summarise(QuantityDraws draws, double effectiveSize)
    {
        ArgumentNullException.ThrowIfNull(draws);
        var stride = DrawThinning.StrideFor(draws.Draws.Count, DrawThinning.MostDraws);
        var kept = DrawThinning.Every(stride, draws.Draws);
        var sorted = kept.All.ToArray();
        Array.Sort(sorted);
        var halves = draws.Ensembles == 1;
        var groups = halves ? 2 : draws.Ensembles;
        var counts = new double[groups][];
        for (var group = 0; group < groups; group++)
        {
            counts[group] = new double[Bins];
        }

        for (var chain = 0; chain < kept.Chains; chain++)
        {
            var values = kept.Chain(chain);
            for (var i = 0; i < values.Length; i++)
            {
                var group = halves ? (2 * i / values.Length) : chain / draws.Walkers;
                counts[group][BinOf(values[i], sorted)]++;
            }
        }

        foreach (var histogram in counts)
        {
            var expected = histogram.Sum() / Bins;
            for (var bin = 0; bin < Bins; bin++)
            {
                histogram[bin] /= expected;
            }
        }

        // Share of a bin among n independent draws: standard deviation sqrt(p (1 - p) / n), relative to p = 1 / Bins.
        var band = Quantile99 * Math.Sqrt((Bins - 1) / (effectiveSize / groups));
        return new RankPanel(draws.AxisTitle, halves, stride, counts, double.IsFinite(band) ? band : double.NaN);
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="panels">One panel per quantity.</param>
    public static Figure Create(IReadOnlyList<RankPanel> panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        var grid = new PanelGrid(panels.Count, 2, PanelHeight);
        var data = new JsonArray();
        for (var p = 0; p < panels.Count; p++)
        {
            var panel = panels[p];
            var x = PanelGrid.Axis(panel.AxisTitle + ": rank");
            x["range"] = new JsonArray(0, 1);
            x["tickformat"] = ".0%";
            var y = PanelGrid.Axis("share of draws / expected");
            y["range"] = new JsonArray(0, PlotlyNumbers.Of(1.05 * Math.Max(double.IsNaN(panel.Band) ? 1.5 : Math.Min(2, 1 + panel.Band), panel.Shares.Max(shares => shares.Max()))));
            grid.Place(p, x, y);
            AddBand(grid, p, panel.Band);
            for (var group = 0; group < panel.Shares.Count; group++)
            {
                data.Add(PanelGrid.On(p, Steps(panel, group, p == 0)));
            }
        }

        var halves = panels.Count > 0 && panels[0].ComparesHalves;
        return new Figure(
            FigureNames.Rank,
            halves ? "Ranks: did the first and the second half of the run see the same distribution?" : "Ranks: do all ensembles see the same distribution?",
            "All draws are ranked together; lines show how often each " + (halves ? "half of the run" : "ensemble")
            + " has low, middle and high ranks, relative to what is expected. Flat is good. The grey band holds 99 % of what chance alone does at this "
            + "effective sample size: whole slopes, humps or bowls outside of it mean that the ensembles do not agree yet (Vehtari et al. 2021)."
            + (panels.Count > 0 ? DrawThinning.Sentence(panels[0].Stride) : ""),
            data,
            grid.Layout);
    }

    // Equal draws (a walker that stayed) share the mean of their ranks.
    private static int BinOf(double value, double[] sorted)
    {
        var (below, notAbove) = (LowerBound(sorted, value, orEqual: false), LowerBound(sorted, value, orEqual: true));
        var rank = 0.5 * (below + notAbove) / sorted.Length;
        return Math.Min(Bins - 1, (int)(rank * Bins));
    }

    // How many are smaller, or not greater.
    private static int LowerBound(double[] sorted, double value, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static void AddBand(PanelGrid grid, int panel, double band)
    {
        grid.Line(panel, null, 1, Palette.Muted, "dash");
        if (!double.IsNaN(band))
        {
            grid.HorizontalBand(panel, Math.Max(0, 1 - band), 1 + band);
        }
    }

    private static JsonObject Steps(RankPanel panel, int group, bool inLegend)
    {
        var edges = Enumerable.Range(0, Bins + 1).Select(i => (double)i / Bins).ToArray();
        double[] heights = [.. panel.Shares[group], panel.Shares[group][^1]];
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "lines",
            ["name"] = panel.ComparesHalves ? (group == 0 ? "first half" : "second half") : FormattableString.Invariant($"ensemble {group}"),
            ["legendgroup"] = FormattableString.Invariant($"g{group}"),
            ["showlegend"] = inLegend,
            ["x"] = PlotlyNumbers.Along(edges),
            ["y"] = PlotlyNumbers.Along(heights),
            ["line"] = new JsonObject { ["color"] = Palette.Of(group), ["width"] = 1.8, ["shape"] = "hv", ["dash"] = Palette.Dash(group) },
        };
    }
}

/// <summary>One quantity's part of a <see cref="RankFigure"/>.</summary>
/// <param name="AxisTitle">The quantity, escaped.</param>
/// <param name="ComparesHalves">Whether groups are the halves of a single ensemble's time; else they are ensembles.</param>
/// <param name="Stride">Every how many draws one was ranked.</param>
/// <param name="Shares"><c>[group][bin]</c>: draws in the bin relative to the expected number.</param>
/// <param name="Band">Half width of the band around 1 that holds 99 % of what chance does; NaN when it is not known.</param>
public sealed record RankPanel(string AxisTitle, bool ComparesHalves, int Stride, IReadOnlyList<double[]> Shares, double Band);
