using Calibrate.Numerics.Diagnostics;
using Calibrate.Reports.Html;
using Calibrate.Runtime;
using Calibrate.Testing.Problems;

namespace Calibrate.Reports.Tests.Html;

public class ConvergenceVerdictTests
{
    private readonly ReportRuns runs = new();

    private async Task<ReportContent> ContentAsync(ParameterDiagnostics mu, bool converged = false, RunStatus status = RunStatus.Completed)
    {
        var problem = await runs.SampleAsync(new ConjugateProblem { Iterations = 500 }.Build());
        var content = await runs.GatherAsync(problem);
        return content with
        {
            LocationHint = " --runs-dir here",
            Summary = content.Summary with
            {
                Converged = converged,
                Status = status,
                Parameters = [KeyValuePair.Create("mu", mu), KeyValuePair.Create("twice", Good)],
            },
        };
    }

    private static ParameterDiagnostics Good { get; } = new(0, 1, -1, 0, 1, 0.01, 0.01, 1.001, 4000, 3000, 2);

    [Fact]
    public async Task A_converged_run_can_be_quoted()
    {
        var verdict = ConvergenceVerdict.Of(await ContentAsync(Good, converged: true));

        Assert.Equal(VerdictKind.Good, verdict.Kind);
        Assert.Empty(verdict.Findings);
        Assert.Contains("Monte Carlo error", Assert.Single(verdict.Advice).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_number_that_is_not_good_is_named_and_said_what_it_means()
    {
        var verdict = ConvergenceVerdict.Of(await ContentAsync(Good with { Rhat = 1.03, EssTail = 120, Tau = 30 }));

        Assert.Equal(VerdictKind.Bad, verdict.Kind);
        Assert.Equal(
            [
                "R-hat is not below 1.01 for mu (R-hat 1.030): the ensembles do not agree about where the posterior lies.",
                "The effective sample size is not above 400 for mu (ESS 120): quantiles and means are still rough.",
                "The chains are not longer than 50 autocorrelation times for mu (τ = 30.0): the autocorrelation time itself is not known well.",
            ],
            verdict.Findings);
        Assert.Single(verdict.Advice);
    }

    /// <summary>400 / 100 = 4 times the iterations, and half as much again: 6 * 500 = 3000.</summary>
    [Fact]
    public async Task It_says_how_long_to_go_on_and_what_to_type()
    {
        var verdict = ConvergenceVerdict.Of(await ContentAsync(Good with { EssBulk = 100 }));

        Assert.Equal("calibrate resume reported --iterations 3000 --runs-dir here", verdict.Advice[0].Command);
    }

    [Theory]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Paused)]
    public async Task A_run_that_is_not_finished_is_just_resumed(RunStatus status)
    {
        var verdict = ConvergenceVerdict.Of(await ContentAsync(Good with { EssBulk = 100 }, status: status));

        Assert.Equal("calibrate resume reported --runs-dir here", verdict.Advice[0].Command);
    }

    [Fact]
    public async Task Ensembles_that_stay_apart_need_more_than_patience()
    {
        var verdict = ConvergenceVerdict.Of(await ContentAsync(Good with { Rhat = 1.6 }));

        Assert.Contains("seldom cured by patience", verdict.Advice[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_that_do_not_exist_are_not_good()
    {
        var verdict = ConvergenceVerdict.Of(await ContentAsync(Good with { Rhat = double.NaN, EssBulk = double.NaN, Tau = double.NaN }));

        Assert.Equal(3, verdict.Findings.Count);
        Assert.Equal("calibrate resume reported --iterations 1000 --runs-dir here", verdict.Advice[0].Command);
    }

    [Fact]
    public async Task Data_that_changed_since_the_run_are_told()
    {
        await runs.SampleAsync(new ConjugateProblem().Build());

        var verdict = ConvergenceVerdict.Of(await runs.GatherAsync(new ConjugateProblem { Values = [1.2, 0.4, 0.9, 1.6] }.Build()));

        Assert.Equal(VerdictKind.Warning, verdict.Kind);
        Assert.Contains("no longer what the run was started with", Assert.Single(verdict.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_and_few_accepted_steps_are_told_of_a_converged_run_too()
    {
        var content = await ContentAsync(Good, converged: true);
        content = content with { Summary = content.Summary with { Acceptance = 0.04, Failures = new Dictionary<string, long> { ["Exception"] = content.Summary.Evaluations } } };

        var verdict = ConvergenceVerdict.Of(content);

        Assert.Equal(VerdictKind.Warning, verdict.Kind);
        Assert.Equal(2, verdict.Findings.Count);
        Assert.Equal(2, verdict.Advice.Count);
    }
}
