using System.Globalization;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Distributions;
using Calibrate.Numerics.Statistics;
using Calibrate.Problems.Parameters;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Html;

/// <summary>The table of quantities, priors beside posteriors, and the parameters that were not sampled.</summary>
internal static class ParametersTable
{
    public static Html Of(ReportContent content) => Html.Of($"""
        <section id="parameters">
        <h2>Parameters</h2>
        <p>Posterior mean, standard deviation and quantiles beside the prior. MCSE is the Monte Carlo error of the mean: digits beyond it are noise.</p>
        <div class="scroll" tabindex="0"><table>
        <thead><tr><th scope="col">Quantity</th><th scope="col">Prior <small>5–95 %</small></th><th scope="col" class="n">Mean</th><th scope="col" class="n">SD</th><th scope="col" class="n">5 %</th><th scope="col" class="n">Median</th><th scope="col" class="n">95 %</th><th scope="col" class="n">MCSE</th><th scope="col" class="n">R-hat</th><th scope="col" class="n">Bulk ESS</th><th scope="col" class="n">Tail ESS</th><th scope="col" class="n">τ</th></tr></thead>
        <tbody>
        {Html.Join(content.Summary.Parameters.Select(pair => Row(content, pair.Key, pair.Value)))}</tbody></table></div>
        {NotSampled(content)}</section>

        """);

    private static Html Row(ReportContent content, string name, ParameterDiagnostics d)
    {
        var (label, unit) = QuantityLabels.Of(content.Problem, name);
        var called = label == name ? Html.Of($"{name}") : Html.Of($"{label} <code>{name}</code>");
        var (prior, interval) = PriorOf(content, name);
        return Html.Of($"""
            <tr><th scope="row">{called}<small>{Unit(unit)}</small></th><td>{prior}<small>{interval}</small></td>{Number(d.Mean)}{Number(d.Sd)}{Number(d.Q05)}{Number(d.Median)}{Number(d.Q95)}{Cell(ReportNumbers.Significant(d.McseMean, 2))}{Cell(ReportNumbers.Rhat(d.Rhat), !(d.Rhat < 1.01))}{Cell(ReportNumbers.Count(d.EssBulk), !(d.EssBulk > 400))}{Cell(ReportNumbers.Count(d.EssTail), !(d.EssTail > 400))}{Cell(ReportNumbers.Significant(d.Tau, 3), !((double)content.DrawsPerChain * content.Thin > 50 * d.Tau))}</tr>

            """);
    }

    /// <summary>A unit with raised exponents.</summary>
    public static Html Unit(string? unit) => string.IsNullOrWhiteSpace(unit) ? Html.Empty : new Html(PlotlyText.Unit(unit).Replace("\"", "&quot;", StringComparison.Ordinal));

    private static (string Prior, string Interval) PriorOf(ReportContent content, string name)
    {
        if (content.Problem.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { Role: ParameterRole.Free } parameter)
        {
            var distribution = Truncated.Of(parameter.Prior ?? new Flat(), parameter.Bounds.Lower, parameter.Bounds.Upper);
            return distribution is Flat
                ? (distribution.ToString()!, "improper")
                : (distribution.ToString()!, Interval(distribution.Quantile(0.05), distribution.Quantile(0.95)));
        }

        var index = content.Problem.Derived.Names.ToList().IndexOf(name);
        if (index < 0)
        {
            return ("model output", "");
        }

        var expression = "= " + content.Problem.Derived.Quantities[index].Expression;
        double[] drawn = [.. (content.Prior?.Derived.Select(row => row[index]) ?? []).Where(double.IsFinite)];
        return (expression, drawn.Length > 0 ? Interval(Quantiles.Of(drawn, 0.05), Quantiles.Of(drawn, 0.95)) : "–");
    }

    private static string Interval(double lower, double upper) => $"{ReportNumbers.Significant(lower, 3)} to {ReportNumbers.Significant(upper, 3)}";

    private static Html Number(double value) => Cell(ReportNumbers.Significant(value));

    private static Html Cell(string text, bool flagged = false) => flagged
        ? Html.Of($"""<td class="n flag">{text}</td>""")
        : Html.Of($"""<td class="n">{text}</td>""");

    private static Html NotSampled(ReportContent content)
    {
        var rest = content.Problem.Parameters.Where(parameter => parameter.Role != ParameterRole.Free).ToList();
        if (rest.Count == 0)
        {
            return Html.Empty;
        }

        var items = rest.Select((parameter, i) => Html.Of($"{(i == 0 ? "" : ", ")}<code>{parameter.Name} = {parameter.Tie ?? parameter.Value!.Value.ToString("R", CultureInfo.InvariantCulture)}</code> {Unit(parameter.Unit)}"));
        return Html.Of($"<p>Not sampled: {Html.Join(items)}</p>\n");
    }
}
