using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Calibrate.Problems.Methods;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Html;

/// <summary>
/// The whole report: one HTML file that needs nothing from outside. Its content security policy allows exactly the scripts in it, by their hashes, and no
/// request at all.
/// </summary>
public static class ReportPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="writer">Receives the page.</param>
    public static void Write(ReportContent content, TextWriter writer) => Write(content, writer, PlotlyScript.Read());

    internal static void Write(ReportContent content, TextWriter writer, string? plotly)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(writer);
        string[] scripts = plotly is null || content.Figures.Count == 0 ? [] : [Embeddable(plotly), Embeddable(Resource("report.js"))];
        writer.Write(Head(content, scripts).Text);
        writer.Write(ReportSections.Header(content).Text);
        foreach (var piece in Body(content, scripts.Length > 0))
        {
            writer.Write(piece.Text);
        }

        writer.Write(Footer(content).Text);
        if (scripts.Length > 0)
        {
            WriteData(content.Figures, writer);
            foreach (var script in scripts)
            {
                writer.Write("<script>");
                writer.Write(script);
                writer.Write("</script>\n");
            }
        }

        writer.Write("</body>\n</html>\n");
    }

    private static Html Head(ReportContent content, string[] scripts)
    {
        var hashes = scripts.Length == 0
            ? "'none'"
            : string.Join(' ', scripts.Select(script => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'"));

        // Styles: plotly writes its own rules and attributes. Images: its button for saving a figure makes one from memory.
        var policy = $"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{new Html(policy)}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="Calibrate {content.State.Identity.CalibrateVersion}">
            <title>{content.Summary.Run}: Calibrate report</title>
            <style>
            {new Html(Resource("report.css"))}</style>
            </head>
            <body>

            """);
    }

    private static IEnumerable<Html> Body(ReportContent content, bool drawn)
    {
        var isPosterior = content.Problem.Method is EnsembleSpecification;
        Section[] sections =
        [
            new("summary", "Summary", ReportSections.Summary(content)),
            new("parameters", "Parameters", content.DrawsPerChain > 0 ? ParametersTable.Of(content) : Html.Empty),
            Figures("posterior", "Posterior", Html.Empty, FigureNames.Marginals, FigureNames.Corner),
            Figures("predictions", "Predictions against observations", Predictions(content), FigureNames.PredictivePrefix),
            Figures("convergence", "Convergence", Html.Empty, FigureNames.Trace, FigureNames.Rank, FigureNames.Autocorrelation, FigureNames.Ess, FigureNames.Acceptance),
            Figures("failures", "Failures", RunSections.Failures(content), FigureNames.Failures),
            new("run", "How the run went", Wrapped("run", "How the run went", RunSections.Run(content))),
            new("provenance", "Provenance", Wrapped("provenance", "Provenance", RunSections.Provenance(content))),
        ];
        var present = sections.Where(section => section.Body != Html.Empty).ToList();
        yield return Html.Of($"<main>\n{ReportSections.Navigation(present.Select(section => (section.Id, section.Title)))}");
        yield return ReportSections.Verdict(ConvergenceVerdict.Of(content));
        foreach (var section in present)
        {
            yield return section.Body;
        }

        yield return new Html("</main>\n");

        Section Figures(string id, string title, Html before, params string[] names) => new(
            id, title, ReportSections.FigureSection(id, title, before, [.. content.Figures.Where(figure => names.Any(name => figure.Name == name || (name == FigureNames.PredictivePrefix && figure.Name.StartsWith(name, StringComparison.Ordinal))))], drawn));
    }

    private static Html Wrapped(string id, string title, Html body) => Html.Of($"<section id=\"{id}\">\n<h2>{title}</h2>\n{body}</section>\n");

    private static Html Predictions(ReportContent content) => content switch
    {
        { PredictiveTrouble: { } trouble } => Html.Of($"<p>No predictions: {trouble}</p>\n"),
        { Predictive: { Count: 0 } sample } => Html.Of($"<p>No predictions: {sample.Origin}.</p>\n"),
        _ => Html.Empty,
    };

    private static Html Footer(ReportContent content) => Html.Of($"""
        <footer>Made on {content.MadeAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC by <code>calibrate report {content.Summary.Run}</code>. R-hat, ESS and MCSE: Vehtari et al. (2021) with a walker as chain; R-hat nested over ensembles, Margossian et al. (2024); τ: Foreman-Mackey et al. (2013). Figures are drawn by plotly.js (MIT licence).</footer>

        """);

    private static void WriteData(IReadOnlyList<Figure> figures, TextWriter writer)
    {
        writer.Write($"<script type=\"application/json\" id=\"dark-colours\">{JsonSerializer.Serialize(Palette.DarkReplacements.Select(pair => new[] { pair.Key, pair.Value }))}</script>\n");
        foreach (var figure in figures)
        {
            writer.Write(Html.Of($"""<script type="application/json" id="figure-data-{figure.Name}">""").Text);

            // Within a script element only '<' can do harm: it could end the element.
            writer.Write(figure.ToJson().Replace("<", "\\u003c", StringComparison.Ordinal));
            writer.Write("</script>\n");
        }
    }

    // A script element ends at the first "</script", wherever it stands; "<\/" means the same within a string, and plotly has it nowhere else.
    private static string Embeddable(string script) => script.ReplaceLineEndings("\n").Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);

    private static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private sealed record Section(string Id, string Title, Html Body);
}
