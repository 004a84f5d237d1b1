using System.Globalization;
using Calibrate.Numerics.Statistics;
using Calibrate.Problems.Methods;
using Calibrate.Reports.Figures;
using Calibrate.Reports.History;
using Calibrate.Runtime;

namespace Calibrate.Reports.Html;

/// <summary>The sections of a report that say how it came about: failures, sessions, workers, provenance.</summary>
internal static class RunSections
{
    private const int MostExamples = 8;

    public static Html Failures(ReportContent content)
    {
        var summary = content.Summary;
        var total = summary.Failures.Values.Sum();
        if (total == 0 && summary.Verdicts.Counts.Count == 0)
        {
            return Html.Of($"<p>No evaluation failed.</p>\n");
        }

        var kinds = string.Join(", ", summary.Failures.Select(failure => $"{ReportNumbers.Count(failure.Value)} {Words(failure.Key)}"));
        var share = summary.Evaluations > 0 ? (double)total / summary.Evaluations : double.NaN;
        return Html.Of($"""
            <p>{ReportNumbers.Count(total)} of {ReportNumbers.Count(summary.Evaluations)} evaluations failed ({ReportNumbers.Percent(share)}){(kinds.Length > 0 ? ": " + kinds : "")}. A failed evaluation counts as impossible (log likelihood −∞).</p>
            {Verdicts(content)}{Ranges(content)}{Examples(content)}
            """);
    }

    public static Html Run(ReportContent content)
    {
        var summary = content.Summary;
        var rate = summary.Seconds > 0 ? summary.Evaluations / summary.Seconds : double.NaN;
        var interruptions = Math.Max(0, content.History.Sessions.Count - 1);
        return Html.Of($"""
            <p>{ReportNumbers.Count(summary.Evaluations)} evaluations in {ReportNumbers.Duration(summary.Seconds)} of active time, {Rate(rate)} per second; {Number(content.History.Sessions.Count, "session")}, {Number(interruptions, "interruption")}; {ReportNumbers.Count(content.History.Events)} journal events.</p>
            <div class="scroll" tabindex="0"><table>
            <thead><tr><th scope="col">Session</th><th scope="col">Engine</th><th scope="col" class="n">Active time</th><th scope="col">Ended</th><th scope="col">Calibrate</th><th scope="col">Platform</th></tr></thead>
            <tbody>
            {Html.Join(content.History.Sessions.Select((session, i) => Session(content, session, i)))}</tbody></table></div>
            {Workers(content)}{Judgements(content)}
            """);
    }

    public static Html Provenance(ReportContent content)
    {
        var identity = content.State.Identity;
        (string Name, string Value)[] rows =
        [
            ("Problem", identity.Problem),
            ("Problem file", identity.Source?.Path ?? "built in code"),
            ("Changes with --set", identity.Source is { Overrides.Count: > 0 } source ? string.Join(", ", source.Overrides) : "none"),
            ("Seed", identity.Seed.ToString(CultureInfo.InvariantCulture) + (identity.SeedFromHost ? " (drawn by this machine)" : "")),
            ("Chain hash", $"{content.Summary.ChainHash} at iteration {ReportNumbers.Count(content.Summary.Iterations)}"),
            ("Chain fingerprint", identity.ChainFingerprint),
            ("Journal seal", $"{content.History.Seal} after event {ReportNumbers.Count(content.History.Events)}"),
            ("Method", MethodOf(content)),
            ("Started", identity.StartedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC, by Calibrate " + identity.CalibrateVersion),
            .. DigestsOf(identity.CanonicalProblem),
        ];
        var text = identity.Source is { } file
            ? Html.Of($"<details><summary>The problem file as it was when the run was started</summary>\n<pre>{file.Text}</pre></details>\n")
            : Html.Empty;
        return Html.Of($"""
            <p>The same problem, data and seed give the same chain hash on the same platform, whatever engine, slots or interruptions.</p>
            <div class="scroll" tabindex="0"><table><tbody>
            {Html.Join(rows.Select(row => Html.Of($"<tr><th scope=\"row\">{row.Name}</th><td class=\"long\">{row.Value}</td></tr>\n")))}</tbody></table></div>
            {text}<details><summary>Everything that decides the chain, in canonical form</summary>
            <pre>{identity.CanonicalProblem}</pre></details>

            """);
    }

    private static Html Verdicts(ReportContent content) => content.Summary.Verdicts.Counts.Count == 0
        ? Html.Empty
        : Html.Of($"<p>Evaluations that exceeded a limit: {string.Join(", ", content.Summary.Verdicts.Counts.Select(count => $"{ReportNumbers.Count(count.Value)} {count.Key.Kind} ({(count.Key.Rejected ? "rejected" : "paused the run")})"))}.</p>\n");

    // Where failures lie against where the posterior does, in numbers: the figure shows the same.
    private static Html Ranges(ReportContent content)
    {
        if (content.History.Failures.Count == 0)
        {
            return Html.Empty;
        }

        var names = content.Problem.NaturalNames;
        var rows = content.Problem.SampledNames.Select(name =>
        {
            var index = names.Index().First(pair => pair.Item == name).Index;
            double[] values = [.. content.History.Failures.Select(failure => failure.Parameters[index]).Where(double.IsFinite)];
            var posterior = content.Summary.Parameters.FirstOrDefault(pair => pair.Key == name).Value;
            var (label, unit) = QuantityLabels.Of(content.Problem, name);
            return Html.Of($"""<tr><th scope="row">{label}</th><td>{ParametersTable.Unit(unit)}</td><td class="n">{At(values, 0.05)}</td><td class="n">{At(values, 0.5)}</td><td class="n">{At(values, 0.95)}</td><td class="n">{ReportNumbers.Significant(posterior?.Q05 ?? double.NaN)} to {ReportNumbers.Significant(posterior?.Q95 ?? double.NaN)}</td></tr>{"\n"}""");
        });
        return Html.Of($"""
            <div class="scroll" tabindex="0"><table>
            <thead><tr><th scope="col">Parameter</th><th scope="col">Unit</th><th scope="col" class="n">Failures: 5 %</th><th scope="col" class="n">median</th><th scope="col" class="n">95 %</th><th scope="col" class="n">Posterior 5–95 %</th></tr></thead>
            <tbody>
            {Html.Join(rows)}</tbody></table></div>

            """);
    }

    private static string At(double[] values, double probability) => ReportNumbers.Significant(values.Length == 0 ? double.NaN : Quantiles.Of(values, probability));

    private static Html Examples(ReportContent content)
    {
        var names = content.Problem.NaturalNames;
        var examples = content.History.Failures.DistinctBy(failure => failure.Message).Take(MostExamples).ToList();
        return examples.Count == 0
            ? Html.Empty
            : Html.Of($"<details><summary>What the model said ({Number(examples.Count, "different message")})</summary>\n<ul>{Html.Join(examples.Select(failure => Html.Of($"<li>{Words(failure.Kind)}: {failure.Message} <small>at <code>{string.Join(", ", failure.Parameters.Zip(names, (value, name) => $"{name} = {ReportNumbers.Significant(value, 6)}"))}</code>, {failure.Id.ToString()}</small></li>\n")))}</ul></details>\n");
    }

    private static Html Session(ReportContent content, RunSessionRecord session, int index)
    {
        var isLast = index == content.History.Sessions.Count - 1;
        var ended = session.End ?? (isLast && content.Summary.Status == RunStatus.Running ? "goes on, or was killed" : "without a word: its process was killed");
        var platform = session.Platform;
        return Html.Of($"""
            <tr><th scope="row">{index + 1}</th><td>{session.Engine}</td><td class="n">{ReportNumbers.Duration(session.ToSeconds - session.FromSeconds)}</td><td class="long">{ended}</td><td>{ShortVersion(session.CalibrateVersion)}</td><td>{platform.OperatingSystem} {platform.Architecture}, {platform.Runtime}, {platform.VectorLevel}, {platform.CLibrary}{(session.PlatformAccepted ? " (another one than before, accepted)" : "")}</td></tr>

            """);
    }

    private static Html Workers(ReportContent content)
    {
        var workers = content.History.Workers;
        var refusals = content.Summary.Workers.RefusalCount == 0
            ? Html.Empty
            : Html.Of($"<p>{Number(content.Summary.Workers.RefusalCount, "refusal")} of workers; the last: {content.Summary.Workers.Refusals[^1].Worker.Name}: {content.Summary.Workers.Refusals[^1].Reason}</p>\n");
        return workers.Count == 0
            ? refusals
            : Html.Of($"<p>{Number(workers.Count, "worker")} with {Number(workers.Sum(worker => worker.Slots), "slot")} took part over all sessions.</p>\n<details><summary>Workers</summary>\n<ul>{Html.Join(workers.Select(worker => Html.Of($"<li>{worker.Worker.Name}: {worker.Description}, {Number(worker.Slots, "slot")}</li>\n")))}</ul></details>\n{refusals}");
    }

    private static Html Judgements(ReportContent content) => content.History.Judgements.Count == 0
        ? Html.Empty
        : Html.Of($"<p>The stop rule was judged {Number(content.History.Judgements.Count, "time")}; last at iteration {ReportNumbers.Count(content.History.Judgements[^1].Iteration)}: largest R-hat {ReportNumbers.Rhat(content.History.Judgements[^1].Rhat)}, smallest effective sample size {ReportNumbers.Count(content.History.Judgements[^1].Ess)}.</p>\n");

    private static string Number(double count, string noun) => $"{ReportNumbers.Count(count)} {noun}{(count == 1 ? "" : "s")}";

    // NotANumber: "not a number".
    private static string Words(string kind) =>
        string.Concat(kind.Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(letter) : letter.ToString()));

    private static string Rate(double perSecond) => perSecond >= 1000 ? ReportNumbers.Count(perSecond) : ReportNumbers.Significant(perSecond, 3);

    // 0.1.0+f2d560bb...: twelve digits of a commit are enough to find it.
    private static string ShortVersion(string version)
    {
        var commit = version.IndexOf('+', StringComparison.Ordinal);
        return commit >= 0 && version.Length > commit + 13 ? version[..(commit + 13)] : version;
    }

    private static string MethodOf(ReportContent content) => content.Problem.Method is EnsembleSpecification ensemble
        ? string.Create(CultureInfo.InvariantCulture, $"ensemble sampler, {ensemble.Ensembles} ensembles of {content.State.Identity.Walkers} walkers, {(content.Thin == 1 ? "every iteration" : string.Create(CultureInfo.InvariantCulture, $"every {content.Thin} iterations one"))} kept, version {content.State.Identity.MethodVersion}")
        : $"{content.State.Identity.Method}, version {content.State.Identity.MethodVersion.ToString(CultureInfo.InvariantCulture)}";

    // Lines of the canonical problem that hold the digest of a file or of data.
    private static IEnumerable<(string Name, string Value)> DigestsOf(string canonical) =>
        from line in canonical.Split('\n')
        let sign = line.IndexOf(" = ", StringComparison.Ordinal)
        where sign > 0 && line.Contains("sha256:", StringComparison.Ordinal)
        select (line[..sign], line[(sign + 3)..]);
}
