using System.Globalization;
using System.Text.Json.Nodes;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Distributions;
using Calibrate.Numerics.Statistics;
using Calibrate.Problems.Targets;
using Calibrate.Reports.Predictive;

namespace Calibrate.Reports.Figures;

/// <summary>
/// The posterior against the observations of one target: bands of the model's output over the data with their error bars, and what remains.
/// </summary>
/// <remarks>
/// Gelman et al., "Bayesian Data Analysis", 3rd ed. (2013), chapter 6. The share of observations within their 90 % predictive interval is exact for the
/// drawn parameters: an observation y lies within when the mean over draws of P(new observation &lt;= y) is between 5 % and 95 %.
/// </remarks>
public static class PredictiveFigure
{
    /// <summary>Most observations that are drawn.</summary>
    public const int MostPoints = 2000;

    /// <summary>What the figure shows.</summary>
    /// <param name="target">The target's predictions.</param>
    public static PredictiveBands Summarise(PredictiveTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var count = target.Observed.Count;
        var draws = target.Predictions.GetLength(0);
        var quantiles = PredictiveBands.Probabilities.Select(_ => new double[count]).ToArray();
        var (sigmas, levels) = (new double[count], new double[count]);
        for (var k = 0; k < count; k++)
        {
            List<double> predicted = [];
            List<double> sigma = [];
            for (var d = 0; d < draws; d++)
            {
                if (double.IsFinite(target.Predictions[d, k]))
                {
                    predicted.Add(target.Predictions[d, k]);
                    sigma.Add(target.Sigmas[d, k]);
                }
            }

            levels[k] = LevelOf(target, k, predicted, sigma);
            var sorted = predicted.Order().ToArray();
            for (var q = 0; q < quantiles.Length; q++)
            {
                quantiles[q][k] = Quantiles.OfSorted(sorted, PredictiveBands.Probabilities[q]);
            }

            sigmas[k] = Quantiles.Of([.. sigma], 0.5);
        }

        return new PredictiveBands(target.Axis is { } axis ? [.. axis] : null, [.. target.Observed], sigmas, quantiles, levels);
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="target">The target's predictions.</param>
    /// <param name="axisTitle">Name of the output's axis; null for "axis".</param>
    /// <param name="origin">Where the predictions come from (<see cref="PredictiveSample.Origin"/>).</param>
    public static Figure Create(PredictiveTarget target, string? axisTitle, string origin)
    {
        ArgumentNullException.ThrowIfNull(target);
        var bands = Summarise(target);
        var series = bands.Axis is { Length: > 1 } && bands.Observed.Length > 1;
        var valueTitle = TitleOf(target.Comparison);
        var (data, layout) = series ? SeriesOf(bands, axisTitle ?? "axis", valueTitle) : SingleOf(target, bands, valueTitle);
        var covered = string.Create(
            CultureInfo.InvariantCulture, $"{bands.Covered:#,0} of {bands.Observed.Length:#,0} observations lie within their 90 % predictive interval, errors included");
        return new Figure(
            FigureNames.Predictive(target.Name),
            $"{target.Name}: does the model reproduce the observations?",
            (series
                ? "Above: model output at posterior draws (line: median, dark and light bands: 50 % and 90 %) under the observations, with error bars of one standard "
                    + "deviation as the likelihood takes them. Below: observation less median prediction, in "
                    + "standard deviations; patterns there are what the model cannot do. "
                : "Blue: the model's output at posterior draws; dark: the observation with its error. ")
            + $"{covered}{(bands.Observed.Length >= 20 ? " (about 90 % is good, all of them means that the errors are taken too large)" : "")}. {Capital(origin)}."
            + DrawThinning.Sentence(DrawThinning.StrideFor(bands.Observed.Length, MostPoints)).Replace("kept draw is used here", "observation is shown", StringComparison.Ordinal),
            data,
            layout);
    }

    private static (JsonArray Data, JsonObject Layout) SeriesOf(PredictiveBands bands, string axisTitle, string valueTitle)
    {
        var stride = DrawThinning.StrideFor(bands.Observed.Length, MostPoints);
        var grid = new PanelGrid(2, 1, 230);
        grid.Place(0, PanelGrid.Axis(""), PanelGrid.Axis(valueTitle));
        var below = PanelGrid.Axis(PlotlyText.Escape(axisTitle));
        below["matches"] = "x";
        var residuals = bands.Residuals;
        var reach = Math.Max(2.5, 1.08 * residuals.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
        var beside = PanelGrid.Axis("residual / sigma");
        beside["range"] = new JsonArray(PlotlyNumbers.Of(-reach), PlotlyNumbers.Of(reach));
        grid.Place(1, below, beside);
        ((JsonObject)grid.Layout["meta"]!).Remove("panels");
        Unbalance(grid.Layout);
        grid.Line(1, null, 0, Palette.Muted, "solid");
        foreach (var end in (double[])[-2, 2])
        {
            grid.Line(1, null, end, Palette.Muted, "dot");
        }

        var x = Thinned(bands.Axis!, stride);
        var data = new JsonArray
        {
            PanelGrid.On(0, Band("90 % of draws", x, Thinned(bands.Quantiles[0], stride), Thinned(bands.Quantiles[4], stride), 0.2)),
            PanelGrid.On(0, Band("50 % of draws", x, Thinned(bands.Quantiles[1], stride), Thinned(bands.Quantiles[3], stride), 0.35)),
            PanelGrid.On(0, new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "lines",
                ["name"] = "median",
                ["x"] = PlotlyNumbers.Along(x),
                ["y"] = PlotlyNumbers.Along(Thinned(bands.Quantiles[2], stride)),
                ["line"] = new JsonObject { ["color"] = Palette.Blue, ["width"] = 1.6 },
            }),
            PanelGrid.On(0, Observations(bands, stride)),
            PanelGrid.On(1, new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["name"] = "residual",
                ["showlegend"] = false,
                ["x"] = PlotlyNumbers.Along(x),
                ["y"] = PlotlyNumbers.Along(Thinned(residuals, stride)),
                ["marker"] = new JsonObject { ["size"] = 4, ["color"] = Palette.Ink },
            }),
        };
        return (data, grid.Layout);
    }

    // Two thirds for the bands, one third for the residuals.
    private static void Unbalance(JsonObject layout)
    {
        layout["yaxis"]!["domain"] = new JsonArray(0.38, 1);
        layout["yaxis2"]!["domain"] = new JsonArray(0, 0.28);
        layout["xaxis"]!["showticklabels"] = false;
    }

    private static (JsonArray Data, JsonObject Layout) SingleOf(PredictiveTarget target, PredictiveBands bands, string valueTitle)
    {
        var grid = new PanelGrid(bands.Observed.Length, 2, 210);
        var data = new JsonArray();
        for (var k = 0; k < bands.Observed.Length; k++)
        {
            grid.Place(k, PanelGrid.Axis(valueTitle), MarginalsFigure.DensityAxis("density"));
            double[] predicted = [.. Enumerable.Range(0, target.Predictions.GetLength(0)).Select(d => target.Predictions[d, k]).Where(double.IsFinite)];
            if (KernelDensity.Of(new DrawMatrix(predicted, 1, predicted.Length), double.NaN, Support.RealLine) is { } density)
            {
                data.Add(PanelGrid.On(k, Curve("prediction", density.X, density.Density, Palette.Blue, "solid", k == 0)));
            }

            var x = Enumerable.Range(-40, 81).Select(i => bands.Observed[k] + (0.1 * i * bands.Sigmas[k])).ToArray();
            var error = ErrorOf(target);
            data.Add(PanelGrid.On(k, Curve(
                "observation", x, Array.ConvertAll(x, value => Math.Exp(error.LogDensity((value - bands.Observed[k]) / bands.Sigmas[k])) / bands.Sigmas[k]), Palette.Ink, "dash", k == 0)));
            grid.Line(k, bands.Observed[k], null, Palette.Ink, "solid");
        }

        return (data, grid.Layout);
    }

    private static double LevelOf(PredictiveTarget target, int k, List<double> predicted, List<double> sigma)
    {
        var error = ErrorOf(target);
        var sum = 0.0;
        for (var d = 0; d < predicted.Count; d++)
        {
            sum += error.Cdf((target.Observed[k] - predicted[d]) / sigma[d]);
        }

        return sum / predicted.Count;
    }

    private static IDistribution ErrorOf(PredictiveTarget target) =>
        target.Comparison.StudentNu is { } nu ? new StudentT(nu, 0, 1) : new Normal(0, 1);

    private static string TitleOf(TargetComparison target)
    {
        var name = PlotlyText.Labelled(target.IsScaled ? target.Output + ", scaled" : target.Output, target.Unit);
        return target.Reference is not { } period
            ? name
            : name + "<br>relative to " + (period.Lower == period.Upper
                ? string.Create(CultureInfo.InvariantCulture, $"{period.Lower:G6}")
                : string.Create(CultureInfo.InvariantCulture, $"{period.Lower:G6} to {period.Upper:G6}"));
    }

    private static double[] Thinned(double[] values, int stride) => stride == 1 ? values : [.. values.Where((_, i) => i % stride == 0)];

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static JsonObject Band(string name, double[] x, double[] lower, double[] upper, double opacity) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = name,
        ["hoverinfo"] = "skip",
        ["x"] = PlotlyNumbers.Along([.. x, .. x.Reverse()]),
        ["y"] = PlotlyNumbers.Along([.. upper, .. lower.Reverse()]),
        ["fill"] = "toself",
        ["fillcolor"] = Palette.Translucent(Palette.Blue, opacity),
        ["line"] = new JsonObject { ["width"] = 0 },
    };

    private static JsonObject Observations(PredictiveBands bands, int stride) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["name"] = "observations",
        ["x"] = PlotlyNumbers.Along(Thinned(bands.Axis!, stride)),
        ["y"] = PlotlyNumbers.Along(Thinned(bands.Observed, stride)),
        ["error_y"] = new JsonObject
        {
            ["type"] = "data",
            ["array"] = PlotlyNumbers.Along(Thinned(bands.Sigmas, stride)),
            ["color"] = Palette.Translucent(Palette.Ink, 0.35),
            ["thickness"] = 1,
            ["width"] = 0,
        },
        ["marker"] = new JsonObject { ["size"] = 4, ["color"] = Palette.Ink },
    };

    private static JsonObject Curve(string name, double[] x, double[] y, string colour, string dash, bool inLegend) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = name,
        ["legendgroup"] = name,
        ["showlegend"] = inLegend,
        ["x"] = PlotlyNumbers.Along(x),
        ["y"] = PlotlyNumbers.Along(y),
        ["line"] = new JsonObject { ["color"] = colour, ["width"] = 1.8, ["dash"] = dash },
    };
}

/// <summary>What a <see cref="PredictiveFigure"/> shows.</summary>
/// <param name="Axis">Where on the output's axis each observation lies; null for a scalar output.</param>
/// <param name="Observed">The observations.</param>
/// <param name="Sigmas">Their standard deviations, the median over the draws.</param>
/// <param name="Quantiles"><c>[probability][index]</c>: quantiles of the model's output over the draws, at <see cref="Probabilities"/>.</param>
/// <param name="Levels">Predictive probability of an observation at most this one, errors included.</param>
public sealed record PredictiveBands(double[]? Axis, double[] Observed, double[] Sigmas, IReadOnlyList<double[]> Quantiles, double[] Levels)
{
    /// <summary>Probabilities of the quantiles: the ends of 90 % and 50 %, and the median between.</summary>
    public static IReadOnlyList<double> Probabilities { get; } = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Observation less median prediction, in standard deviations.</summary>
    public double[] Residuals => [.. Observed.Select((value, k) => (value - Quantiles[2][k]) / Sigmas[k])];

    /// <summary>Observations within their central 90 % predictive interval, errors included.</summary>
    public int Covered => Levels.Count(level => level is >= 0.05 and <= 0.95);
}
