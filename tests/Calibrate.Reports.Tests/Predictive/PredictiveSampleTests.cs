using Calibrate.Problems;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Problems;

namespace Calibrate.Reports.Tests.Predictive;

public class PredictiveSampleTests
{
    private readonly ReportRuns runs = new();

    private async Task<PredictiveSample?> MakeAsync(Problem problem, PredictiveSettings settings)
    {
        var reader = await RunReader.OpenAsync(runs.Journal, ReportRuns.Run, problem);
        return await PredictiveSample.MakeAsync(reader, problem, settings);
    }

    [Theory]
    [InlineData("outputs", true)]
    [InlineData(null, false)]
    [InlineData("square", false)]
    public async Task Predictions_are_the_models_outputs_wherever_they_come_from(string? record, bool recorded)
    {
        var problem = await runs.SampleAsync(new ConjugateProblem { Record = record, Iterations = 200 }.Build());

        var sample = (await MakeAsync(problem, new PredictiveSettings { Draws = 30 }))!;

        Assert.Equal(recorded, sample.FromRecorded);
        Assert.Equal(30, sample.Count);
        Assert.Equal((0, 0), (sample.Failures, sample.Unevaluated));
        var target = Assert.Single(sample.Targets);
        Assert.Equal("places", target.Name);
        Assert.Equal([1.2, 0.4, 0.9, 1.5], target.Observed);
        for (var d = 0; d < 30; d++)
        {
            for (var k = 0; k < 4; k++)
            {
                Assert.Equal(sample.Natural[d][0], target.Predictions[d, k]);
                Assert.Equal(0.8, target.Sigmas[d, k], 1e-15);
            }
        }
    }

    [Fact]
    public async Task Draws_are_those_of_the_run_at_their_places()
    {
        var problem = await runs.SampleAsync(new ConjugateProblem { Iterations = 200 }.Build());
        var draws = await (await RunReader.OpenAsync(runs.Journal, ReportRuns.Run, problem)).ReadAsync("mu");

        var sample = (await MakeAsync(problem, new PredictiveSettings { Draws = 50 }))!;

        Assert.All(sample.Places.Zip(sample.Natural), pair => Assert.Equal(draws.Chain(pair.First.Chain)[pair.First.Draw], pair.Second[0]));
    }

    [Fact]
    public async Task A_model_that_fails_at_some_draws_is_counted_and_said()
    {
        var evaluations = 0;
        var fails = false;
        var problem = await runs.SampleAsync(new ConjugateProblem
        {
            Record = null,
            Iterations = 200,
            OnEvaluation = () =>
            {
                if (fails && Interlocked.Increment(ref evaluations) <= 7)
                {
                    throw new InvalidOperationException("out of <range>");
                }
            },
        }.Build());
        fails = true;

        var sample = (await MakeAsync(problem, new PredictiveSettings { Draws = 20 }))!;

        Assert.Equal((13, 7), (sample.Count, sample.Failures));
        Assert.Equal(7, Enumerable.Range(0, 20).Count(d => double.IsNaN(sample.Targets[0].Predictions[d, 0])));
        Assert.Contains("13 draws", sample.Origin, StringComparison.Ordinal);
        Assert.Contains("failed at 7 more (the first: InvalidOperationException: out of <range>)", sample.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_used_up_budget_leaves_an_even_sample_behind()
    {
        var problem = await runs.SampleAsync(new ConjugateProblem { Record = null, Iterations = 200 }.Build());

        var sample = (await MakeAsync(problem, new PredictiveSettings { Draws = 100, Slots = 1, TimeBudget = TimeSpan.FromTicks(20), Clock = new TickingClock() }))!;

        Assert.InRange(sample.Count, 15, 25);
        Assert.Equal(100 - sample.Count, sample.Unevaluated);
        int[] made = [.. Enumerable.Range(0, 100).Where(d => sample.Succeeded[d])];
        Assert.InRange(made.Zip(made.Skip(1), (a, b) => b - a).Max(), 1, 12);
        Assert.Contains("left out because the time budget was used up", sample.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_targets_draws_or_a_wish_there_is_nothing()
    {
        var density = await runs.SampleAsync(TestProblems.Normal());
        Assert.Null(await MakeAsync(density, new PredictiveSettings()));

        var other = new ReportRuns();
        var problem = await other.SampleAsync(new ConjugateProblem { Iterations = 200 }.Build());
        var reader = await RunReader.OpenAsync(other.Journal, ReportRuns.Run, problem);
        Assert.Null(await PredictiveSample.MakeAsync(reader, problem, new PredictiveSettings { Draws = 0 }));
        var early = await RunReader.OpenAsync(other.Journal, ReportRuns.Run, problem, iteration: 10);
        Assert.Null(await PredictiveSample.MakeAsync(early, problem, new PredictiveSettings()));
    }

    /// <summary>A clock that moves by a tick whenever somebody looks.</summary>
    private sealed class TickingClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Increment(ref ticks);
    }
}
