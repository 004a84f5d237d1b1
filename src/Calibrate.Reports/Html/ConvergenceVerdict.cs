using System.Globalization;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Problems.Methods;
using Calibrate.Runtime;

namespace Calibrate.Reports.Html;

/// <summary>Whether the draws can be trusted, in words, and what to do when they cannot.</summary>
/// <param name="Kind">The colour of the verdict.</param>
/// <param name="Headline">One sentence.</param>
/// <param name="Findings">What is wrong or worth knowing, most important first.</param>
/// <param name="Advice">What to do, in order.</param>
internal sealed record ConvergenceVerdict(VerdictKind Kind, string Headline, IReadOnlyList<string> Findings, IReadOnlyList<VerdictAdvice> Advice)
{
    private const double WantedRhat = 1.01;
    private const double AlarmingRhat = 1.1;
    private const double WantedEss = 400;
    private const double WantedTimes = 50;
    private const double LowAcceptance = 0.1;
    private const double ManyFailures = 0.1;

    /// <summary>Judges a run.</summary>
    public static ConvergenceVerdict Of(ReportContent content)
    {
        var summary = content.Summary;
        if (content.Problem.Method is not EnsembleSpecification)
        {
            return new(VerdictKind.Neutral, $"Not a posterior sample: this run is a {content.Problem.Method.Name.Replace('_', ' ')}, whose points are not draws.", [], []);
        }

        if (content.DrawsPerChain == 0)
        {
            return new(
                VerdictKind.Warning,
                "No draws yet: the run is still in its warm-up.",
                [],
                [GoOn(content, summary.Iterations, "Let it go on")]);
        }

        List<string> findings = [];
        List<VerdictAdvice> advice = [];
        AddMixing(content, findings, advice);
        AddTroubles(content, findings, advice);
        if (summary.Converged && findings.Count == 0)
        {
            return new(
                VerdictKind.Good,
                $"Converged: every quantity has R-hat below 1.01, bulk and tail effective sample sizes above 400, and chains of more than 50 autocorrelation times.",
                [],
                [new("Means can be quoted to about their Monte Carlo error (MCSE). Still look at the traces and at the predictions: convergence says that the posterior was found, not that the model is right.", null)]);
        }

        return summary.Converged
            ? new(VerdictKind.Warning, "Converged by its diagnostics, but there is something to look at.", findings, advice)
            : new(VerdictKind.Bad, "Not converged: do not quote these numbers yet.", findings, advice);
    }

    private static void AddMixing(ReportContent content, List<string> findings, List<VerdictAdvice> advice)
    {
        var parameters = content.Summary.Parameters.Take(content.Problem.ReportedNames.Count).ToList();
        var length = (double)content.DrawsPerChain * content.Thin;
        var mixing = parameters.Where(pair => !(pair.Value.Rhat < WantedRhat)).ToList();
        var few = parameters.Where(pair => !(pair.Value.EssBulk > WantedEss && pair.Value.EssTail > WantedEss)).ToList();
        var brief = parameters.Where(pair => !(length > WantedTimes * pair.Value.Tau)).ToList();
        Add(mixing, "R-hat is not below 1.01 for", pair => "R-hat " + ReportNumbers.Rhat(pair.Rhat), "the ensembles do not agree about where the posterior lies");
        Add(few, "The effective sample size is not above 400 for", pair => "ESS " + ReportNumbers.Count(Math.Min(pair.EssBulk, pair.EssTail)), "quantiles and means are still rough");
        Add(brief, "The chains are not longer than 50 autocorrelation times for", pair => "τ = " + ReportNumbers.Significant(pair.Tau, 3), "the autocorrelation time itself is not known well");
        if (mixing.Count + few.Count + brief.Count == 0)
        {
            return;
        }

        advice.Add(GoOn(content, Wanted(parameters, length, content.Summary), "Let it go on"));
        if (mixing.Exists(pair => pair.Value.Rhat > AlarmingRhat))
        {
            advice.Add(new(
                "An R-hat above 1.1 is seldom cured by patience alone. Look at the traces and ranks: ensembles that stay apart have found different "
                + "islands of the posterior (start them from the best fit, or ask whether the problem has two solutions); ensembles that still drift need a longer warm-up.",
                null));
        }

        void Add(List<KeyValuePair<string, ParameterDiagnostics>> bad, string what, Func<ParameterDiagnostics, string> number, string meaning)
        {
            if (bad.Count > 0)
            {
                var named = string.Join(", ", bad.Take(5).Select(pair => $"{pair.Key} ({number(pair.Value)})"));
                var more = bad.Count > 5 ? string.Create(CultureInfo.InvariantCulture, $" and {bad.Count - 5} more") : "";
                findings.Add($"{what} {named}{more}: {meaning}.");
            }
        }
    }

    private static void AddTroubles(ReportContent content, List<string> findings, List<VerdictAdvice> advice)
    {
        var summary = content.Summary;
        if (content.HasChanged)
        {
            findings.Add("The data files, or the model, are no longer what the run was started with: priors and draws are those of the run, but predictions and observations are those of today.");
            advice.Add(new("Put the files back as they were, and make the report again; or sample the changed problem under another name.", null));
        }

        if (summary.Acceptance < LowAcceptance)
        {
            findings.Add($"Only {ReportNumbers.Percent(summary.Acceptance)} of the proposals were accepted.");
            advice.Add(new("Few accepted proposals: use more walkers, reparametrise (transform: log) quantities of many orders of magnitude, or mix in `de` moves.", null));
        }

        var failures = summary.Failures.Values.Sum();
        if (failures > ManyFailures * summary.Evaluations)
        {
            findings.Add($"{ReportNumbers.Percent((double)failures / summary.Evaluations)} of the evaluations failed; each counts as impossible.");
            advice.Add(new("Many failures: see below where they happen, and tighten the priors there if those values make no sense anyway.", null));
        }

        if (summary.Disagreements > 0)
        {
            findings.Add($"Workers disagreed on {ReportNumbers.Count(summary.Disagreements)} evaluations: what the wrong one computed may be part of this chain.");
            advice.Add(new("Find out which worker computes differently (calibrate cluster status), and start the run again without it.", null));
        }

        if (summary.Verdicts.Rejected > 0)
        {
            findings.Add($"{ReportNumbers.Count(summary.Verdicts.Rejected)} evaluations were rejected because they exceeded a limit: the posterior leaves these points out, whatever the model would have said.");
        }

        if (content.Predictive is { Failures: > 0 } predictive)
        {
            findings.Add($"The model failed at {ReportNumbers.Count(predictive.Failures)} of {ReportNumbers.Count(predictive.Places.Count)} posterior draws when it was evaluated again: it may not be deterministic ({predictive.FirstFailure}).");
        }
    }

    // As far as the worst quantity needs, half as much again, because estimates from short chains are optimistic.
    private static long Wanted(IReadOnlyList<KeyValuePair<string, ParameterDiagnostics>> parameters, double length, Runtime.Reading.RunSummary summary)
    {
        var factor = 2.0;
        foreach (var (_, diagnostics) in parameters)
        {
            var ess = WantedEss / Math.Min(diagnostics.EssBulk, diagnostics.EssTail);
            var times = WantedTimes * diagnostics.Tau / length;
            factor = Math.Max(factor, 1.5 * Math.Max(double.IsFinite(ess) ? ess : 0, double.IsFinite(times) ? times : 0));
        }

        var wanted = summary.Iterations * Math.Min(factor, 1000);
        var magnitude = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, wanted))) - 1));
        return (long)(Math.Ceiling(wanted / magnitude) * magnitude);
    }

    private static VerdictAdvice GoOn(ReportContent content, long iterations, string what) => content.Summary.Status switch
    {
        RunStatus.Running => new($"{what}: the run is not finished, or its process was killed. Make this report again later, or resume it:", $"calibrate resume {content.Summary.Run}{content.LocationHint}"),
        RunStatus.Completed => new($"{what}, to about {ReportNumbers.Count(iterations)} iterations:", string.Create(CultureInfo.InvariantCulture, $"calibrate resume {content.Summary.Run} --iterations {iterations}{content.LocationHint}")),
        _ => new($"{what}:", $"calibrate resume {content.Summary.Run}{content.LocationHint}"),
    };
}

/// <summary>Something to do.</summary>
/// <param name="Text">In words.</param>
/// <param name="Command">What to type; null for nothing.</param>
internal sealed record VerdictAdvice(string Text, string? Command);

/// <summary>How good a verdict is.</summary>
internal enum VerdictKind
{
    /// <summary>The draws can be used.</summary>
    Good,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>The draws cannot be used yet.</summary>
    Bad,

    /// <summary>Nothing to judge.</summary>
    Neutral,
}
