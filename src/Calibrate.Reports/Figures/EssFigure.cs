using System.Text.Json.Nodes;
using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Reports.Figures;

/// <summary>How the effective sample sizes of bulk and tail grow with the iterations: straight upwards when the chains mix.</summary>
/// <remarks>Vehtari et al., Bayesian Analysis 16 (2021) 667, section 6.1: growth of the effective sample size with the number of iterations.</remarks>
public static class EssFigure
{
    /// <summary>The effective sample size that is asked for.</summary>
    public const double Wanted = 400;

    // The last point is all draws and each one before has half of them: all together cost twice the last, which a report knows already.
    private const int Points = 7;
    private const double Shrinking = 0.5;
    private const int FewestDraws = 8;
    private const int PanelHeight = 190;

    /// <summary>What the figure needs of one quantity.</summary>
    /// <param name="draws">The quantity's draws.</param>
    /// <param name="whole">Diagnostics of all draws, when they are known already.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static EssPanel Summarise(QuantityDraws draws, ParameterDiagnostics? whole = null, DiagnosticScratch? scratch = null)
    {
        ArgumentNullException.ThrowIfNull(draws);
        scratch ??= new DiagnosticScratch();
        int[] lengths =
        [
            .. Enumerable.Range(0, Points)
                .Select(i => (int)Math.Round(draws.Draws.Iterations * Math.Pow(Shrinking, Points - 1 - i)))
                .Where(length => length >= FewestDraws)
                .Distinct(),
        ];
        double[]? buffer = null;
        var (bulk, tail) = (new double[lengths.Length], new double[lengths.Length]);
        for (var i = 0; i < lengths.Length; i++)
        {
            var isWhole = lengths[i] == draws.Draws.Iterations;
            var diagnostics = isWhole && whole is not null ? whole : Diagnose.Ensembles(isWhole ? draws.Draws : Beginning(lengths[i]), draws.Ensembles, scratch);
            (bulk[i], tail[i]) = (diagnostics.EssBulk, diagnostics.EssTail);
        }

        return new EssPanel(draws.AxisTitle, [.. lengths.Select(length => (double)length * draws.Thin)], bulk, tail);

        DrawMatrix Beginning(int length)
        {
            buffer ??= new double[draws.Draws.Chains * draws.Draws.Iterations];
            for (var chain = 0; chain < draws.Draws.Chains; chain++)
            {
                draws.Draws.Chain(chain)[..length].CopyTo(buffer.AsSpan(chain * length));
            }

            return new DrawMatrix(buffer, draws.Draws.Chains, length);
        }
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="panels">One panel per quantity.</param>
    public static Figure Create(IReadOnlyList<EssPanel> panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        var grid = new PanelGrid(panels.Count, 2, PanelHeight);
        var data = new JsonArray();
        for (var p = 0; p < panels.Count; p++)
        {
            var panel = panels[p];
            var (x, y) = (PanelGrid.Axis(panel.AxisTitle + "<br>iterations after the warm-up"), PanelGrid.Axis("effective sample size"));
            x["rangemode"] = "tozero";
            y["rangemode"] = "tozero";
            grid.Place(p, x, y);
            grid.Line(p, null, Wanted, Palette.Muted, "dash");
            data.Add(PanelGrid.On(p, Line("bulk", panel.Iterations, panel.Bulk, Palette.Blue, "circle", p == 0)));
            data.Add(PanelGrid.On(p, Line("tail", panel.Iterations, panel.Tail, Palette.Vermillion, "diamond", p == 0)));
        }

        return new Figure(
            FigureNames.Ess,
            "Effective sample size: does it grow with every iteration?",
            "How many independent draws the chains are worth, for the mean (bulk) and for the 5 % and 95 % quantiles (tail). Both should grow in "
            + "proportion to the iterations and end above the dashed line at 400; a curve that flattens means that the chains have not seen everything yet.",
            data,
            grid.Layout);
    }

    private static JsonObject Line(string name, double[] x, double[] y, string colour, string symbol, bool inLegend) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines+markers",
        ["name"] = name,
        ["legendgroup"] = name,
        ["showlegend"] = inLegend,
        ["x"] = PlotlyNumbers.Along(x),
        ["y"] = PlotlyNumbers.Along(y),
        ["line"] = new JsonObject { ["color"] = colour, ["width"] = 1.8 },
        ["marker"] = new JsonObject { ["size"] = 6, ["symbol"] = symbol },
    };
}

/// <summary>One quantity's part of an <see cref="EssFigure"/>.</summary>
/// <param name="AxisTitle">The quantity, escaped.</param>
/// <param name="Iterations">Iterations after the warm-up, ascending.</param>
/// <param name="Bulk">Bulk effective sample size of the draws up to there.</param>
/// <param name="Tail">Tail effective sample size of the draws up to there.</param>
public sealed record EssPanel(string AxisTitle, double[] Iterations, double[] Bulk, double[] Tail);
