using Calibrate.Reports.Figures;
using Calibrate.Runtime;

namespace Calibrate.Reports.Html;

/// <summary>The sections of a report that say what was found.</summary>
internal static class ReportSections
{
    public static Html Header(ReportContent content)
    {
        var (summary, problem) = (content.Summary, content.Problem);
        var name = summary.Run == problem.Name ? Html.Of($"{summary.Run}") : Html.Of($"{summary.Run} <small>({problem.Name})</small>");
        return Html.Of($"""
            <header>
            <h1>{name}</h1>
            <p class="lead">{problem.Description ?? "A Calibrate run"}. {StatusOf(content)}</p>
            </header>

            """);
    }

    public static Html Navigation(IEnumerable<(string Id, string Title)> sections) =>
        Html.Of($"""<nav aria-label="Sections">{Html.Join(sections.Select(section => Html.Of($"""<a href="#{section.Id}">{section.Title}</a> """)))}</nav>{"\n"}""");

    public static Html Verdict(ConvergenceVerdict verdict)
    {
        var findings = verdict.Findings.Count == 0 ? Html.Empty : Html.Of($"<ul>{Html.Join(verdict.Findings.Select(finding => Html.Of($"<li>{finding}</li>")))}</ul>\n");
        var advice = verdict.Advice.Count == 0
            ? Html.Empty
            : Html.Of($"<p><strong>What to do</strong></p>\n<ol>{Html.Join(verdict.Advice.Select(AdviceItem))}</ol>\n");
        return Html.Of($"""
            <section id="verdict" class="verdict {verdict.Kind.ToString().ToLowerInvariant()}">
            <h2>{verdict.Headline}</h2>
            {findings}{advice}</section>

            """);
    }

    public static Html Summary(ReportContent content)
    {
        var summary = content.Summary;
        (string Term, string Value)[] tiles =
        [
            ("Status", StatusWord(content)),
            ("Iterations", $"{ReportNumbers.Count(summary.Iterations)} ({ReportNumbers.Count(summary.WarmUp)} warm-up)"),
            ("Ensembles × walkers", $"{ReportNumbers.Count(summary.Ensembles)} × {ReportNumbers.Count(summary.Walkers)}"),
            ("Draws after the warm-up", ReportNumbers.Count((double)content.DrawsPerChain * summary.Ensembles * summary.Walkers)),
            ("Acceptance", ReportNumbers.Percent(summary.Acceptance)),
            ("Evaluations", ReportNumbers.Count(summary.Evaluations)),
            ("Failed evaluations", ReportNumbers.Count(summary.Failures.Values.Sum())),
            ("Active time", ReportNumbers.Duration(summary.Seconds)),
        ];
        return Html.Of($"""
            <section id="summary">
            <h2>Summary</h2>
            <dl class="tiles">{Html.Join(tiles.Select(tile => Html.Of($"<div><dt>{tile.Term}</dt><dd>{tile.Value}</dd></div>")))}</dl>
            </section>

            """);
    }

    public static Html FigureSection(string id, string title, Html before, IReadOnlyList<Figure> figures, bool drawn) => figures.Count == 0 && before == Html.Empty
        ? Html.Empty
        : Html.Of($"""
            <section id="{id}">
            <h2>{title}</h2>
            {before}{Html.Join(figures.Select((figure, _) => FigureOf(figure, drawn)))}</section>

            """);

    private static Html FigureOf(Figure figure, bool drawn)
    {
        var place = drawn
            ? Html.Of($"""<div class="plot" data-figure="{figure.Name}" role="img" aria-label="{figure.Title}" style="min-height:{figure.Layout["height"]?.GetValue<int>() ?? 300}px"></div>""")
            : Html.Of($"""<p class="missing">This figure is not drawn: this build of Calibrate was made without plotly.js. <code>calibrate report --figures DIR</code> writes it as JSON, which Python's plotly opens.</p>""");
        return Html.Of($"""
            <figure id="figure-{figure.Name}">
            <h3>{figure.Title}</h3>
            {place}
            <figcaption>{figure.Caption}</figcaption>
            </figure>

            """);
    }

    private static Html AdviceItem(VerdictAdvice advice) => advice.Command is { } command
        ? Html.Of($"<li>{advice.Text} <code>{command}</code></li>")
        : Html.Of($"<li>{advice.Text}</li>");

    private static string StatusWord(ReportContent content) => content.Summary.Status switch
    {
        RunStatus.Running => "running",
        RunStatus.Paused => "paused",
        RunStatus.Completed => "completed",
        _ => "failed",
    };

    private static string StatusOf(ReportContent content) => content.Summary.Status switch
    {
        RunStatus.Running => $"Running, or interrupted by force: this report shows its draws up to iteration {ReportNumbers.Count(content.Summary.Iterations)}.",
        RunStatus.Paused => $"Paused at iteration {ReportNumbers.Count(content.Summary.Iterations)}: {content.Summary.Reason}",
        RunStatus.Completed => content.State.Completion switch
        {
            Runtime.Coordination.CompletionReason.Converged => "Completed: its stop rule for convergence was met.",
            Runtime.Coordination.CompletionReason.WallTime => "Completed: its wall time was used up.",
            _ => "Completed: all iterations were made.",
        },
        _ => $"Failed: {content.Summary.Reason}",
    };
}
