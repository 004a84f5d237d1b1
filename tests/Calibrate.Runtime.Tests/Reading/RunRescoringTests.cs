using Calibrate.Numerics.Diagnostics;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Reading;

public class RunRescoringTests
{
    private static readonly RunId Run = RunId.Parse("scored");

    private readonly InMemoryJournal journal = new();

    [Fact]
    public async Task An_unchanged_problem_weighs_every_draw_exactly_the_same()
    {
        var problem = await SampleAsync(new ConjugateProblem());

        var rescored = await RunRescoring.MakeAsync(journal, Run, problem, new ConjugateProblem().Build());

        Assert.True(rescored.Unchanged);
        Assert.All(rescored.Smoothing.Weights.ToArray(), weight => Assert.Equal(1.0 / rescored.Draws, weight));
        Assert.True(rescored.Smoothing.IsReliable);
        Assert.Equal(2 * 16 * 1600, rescored.Draws);
        var mu = rescored.Quantities[0];
        Assert.Equal(mu.Before.Mean, mu.Mean, 1e-10);
        Assert.Equal(mu.Before.Q95, mu.Q95, 1e-10);
        Assert.Equal(["mu", "twice"], rescored.Quantities.Select(q => q.Name));
    }

    /// <summary>
    /// Six standard errors: false alarms below 1e-6, even with errors that are themselves off by a fifth. The error itself is that of theory
    /// but for the slack: where the new posterior is wider, w^2 (x - mean)^2 has a tail index hardly above 1 (k of the weights is 0.45),
    /// so that its average over the draws is known to a factor only.
    /// </summary>
    [Theory]
    [InlineData(0.7, 0.0, 2.0, 0.15)]
    [InlineData(1.1, 0.0, 2.0, 0.5)]
    [InlineData(0.8, 0.5, 1.0, 0.15)]
    public async Task Another_sigma_or_prior_gives_the_analytic_posterior(double sigma, double priorMean, double priorSd, double slack)
    {
        var problem = await SampleAsync(new ConjugateProblem());
        var changed = new ConjugateProblem { Sigma = sigma, PriorMean = priorMean, PriorSd = priorSd };

        var rescored = await RunRescoring.MakeAsync(journal, Run, problem, changed.Build());

        var mu = rescored.Quantities[0];
        Assert.InRange(mu.Mean, changed.PosteriorMean - (6 * mu.McseMean), changed.PosteriorMean + (6 * mu.McseMean));
        Assert.InRange(mu.McseMean / TheoreticalError(new ConjugateProblem(), changed, mu.Before), 1 - slack, 1 + slack);
        var relativeError = 6 / Math.Sqrt(2 * rescored.Smoothing.DependentEffectiveSampleSize);
        Assert.InRange(mu.Sd / changed.PosteriorSd, 1 - relativeError, 1 + relativeError);
        Assert.True(rescored.Smoothing.IsReliable);
        Assert.True(rescored.Smoothing.EffectiveSampleSize < rescored.Draws);
        Assert.False(rescored.Unchanged);
    }

    [Fact]
    public async Task A_posterior_far_away_is_told_to_be_out_of_reach()
    {
        var problem = await SampleAsync(new ConjugateProblem());
        var far = new ConjugateProblem { Values = [9, 9, 9, 9], Sigma = 0.3 };

        var rescored = await RunRescoring.MakeAsync(journal, Run, problem, far.Build());

        Assert.False(rescored.Smoothing.IsReliable);
    }

    [Fact]
    public async Task Other_places_of_the_model_can_be_targets_too()
    {
        var problem = await SampleAsync(new ConjugateProblem());
        var more = new ConjugateProblem { Values = [1.2, 0.4, 0.9, 1.5, 1.0, 0.8] };

        var rescored = await RunRescoring.MakeAsync(journal, Run, problem, more.Build());

        var mu = rescored.Quantities[0];
        Assert.InRange(mu.Mean, more.PosteriorMean - (6 * mu.McseMean), more.PosteriorMean + (6 * mu.McseMean));
    }

    [Fact]
    public async Task Without_recorded_outputs_it_says_how_to_record_them()
    {
        var problem = await SampleAsync(new ConjugateProblem { Record = null });

        var refusal = await RefusalAsync(problem, new ConjugateProblem().Build());

        Assert.Contains("recorded no outputs", refusal, StringComparison.Ordinal);
        Assert.Contains("`record: outputs`", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_recorded_outputs_are_enough_when_they_are_those_compared()
    {
        var problem = await SampleAsync(new ConjugateProblem { Record = "y@0..3" });

        Assert.True((await RunRescoring.MakeAsync(journal, Run, problem, new ConjugateProblem().Build())).Unchanged);
        var refusal = await RefusalAsync(problem, new ConjugateProblem { Values = [1, 1, 1, 1, 1, 1] }.Build());
        Assert.Contains("did not record: y@4, y@5.", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_model_is_refused_with_the_line_that_differs()
    {
        var problem = await SampleAsync(new ConjugateProblem());

        var refusal = await RefusalAsync(problem, new ConjugateProblem { Identity = "another" }.Build());

        Assert.Contains("model: same value at every place -> another", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draws_outside_the_new_prior_weigh_nothing()
    {
        var problem = await SampleAsync(new ConjugateProblem());
        var narrow = new ConjugateProblem { PriorMean = 40, PriorSd = 0.5 };

        var rescored = await RunRescoring.MakeAsync(journal, Run, problem, narrow.Build());

        Assert.False(rescored.Smoothing.IsReliable);
        Assert.Equal(0, rescored.Failures);
    }

    [Fact]
    public async Task Densities_and_searches_are_refused()
    {
        await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(Run, TestProblems.Normal()));
        Assert.Contains("log density", await RefusalAsync(TestProblems.Normal(), TestProblems.Normal()), StringComparison.Ordinal);
        Assert.Contains("random_search", await RefusalAsync(TestProblems.RandomSearch, TestProblems.RandomSearch), StringComparison.Ordinal);
    }

    // sqrt(E_p[w^2 (x - m)^2] / ESS) for w = q / p, q = N(m, s^2) the new and p = N(mp, sp^2) the old posterior, ESS that of the chain. q^2 / p is
    // a Gaussian again, of precision a = 2 / s^2 - 1 / sp^2 and centre c: the expectation is E[w^2] (1 / a + (c - m)^2).
    private static double TheoreticalError(ConjugateProblem before, ConjugateProblem after, ParameterDiagnostics chain)
    {
        var (m, s, mp, sp) = (after.PosteriorMean, after.PosteriorSd, before.PosteriorMean, before.PosteriorSd);
        var a = (2 / (s * s)) - (1 / (sp * sp));
        Assert.True(a > 0, "the variance of the weights is infinite");
        var c = ((2 * m / (s * s)) - (mp / (sp * sp))) / a;
        var exponent = (-m * m / (s * s)) + (mp * mp / (2 * sp * sp)) + (a * c * c / 2);
        var squaredWeight = sp / (s * s * Math.Sqrt(a)) * Math.Exp(exponent);
        var effective = Math.Pow(chain.Sd / chain.McseMean, 2);
        return Math.Sqrt(squaredWeight * ((1 / a) + ((c - m) * (c - m))) / effective);
    }

    private async Task<Problem> SampleAsync(ConjugateProblem made)
    {
        var problem = made.Build();
        await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(Run, problem));
        return problem;
    }

    private async Task<string> RefusalAsync(Problem before, Problem after) =>
        (await Assert.ThrowsAsync<RunRefusedException>(() => RunRescoring.MakeAsync(journal, Run, before, after))).Message;
}
