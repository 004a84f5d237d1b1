using Calibrate.Problems.Targets;
using Calibrate.Reports.Predictive;
using Calibrate.Testing.Problems;

namespace Calibrate.Reports.Tests.Predictive;

public class OutputsAtDrawsTests
{
    [Fact]
    public void Recorded_outputs_that_are_not_finite_are_failures()
    {
        var outputs = OutputsAtDraws.OfRecorded([[1, 2], [double.NaN, 2], [3, double.PositiveInfinity]]);

        Assert.Equal([1.0, 2.0], outputs.Values[0]!);
        Assert.Null(outputs.Values[1]);
        Assert.Equal((2, 0), (outputs.Failures, outputs.Unevaluated));
        Assert.NotNull(outputs.FirstFailure);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Any_number_of_slots_gives_the_same_outputs_in_the_order_of_the_draws(int slots)
    {
        var problem = new ConjugateProblem { Record = null }.Build();
        var comparisons = TargetComparisons.Of(problem)!;
        double[][] natural = [.. Enumerable.Range(0, 30).Select(i => new double[] { i })];

        var outputs = await OutputsAtDraws.EvaluateAsync(problem, comparisons, natural, new PredictiveSettings { Slots = slots }, CancellationToken.None);

        for (var i = 0; i < 30; i++)
        {
            Assert.Equal([i, i, i, i], outputs.Values[i]!);
        }
    }
}
