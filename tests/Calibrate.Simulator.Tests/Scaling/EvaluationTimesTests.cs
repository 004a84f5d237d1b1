using Calibrate.Inference;
using Calibrate.Simulator.Scaling;

namespace Calibrate.Simulator.Tests.Scaling;

public class EvaluationTimesTests
{
    [Fact]
    public void Times_are_log_normal_and_belong_to_the_evaluation()
    {
        var times = new EvaluationTimes(Median: 0.02, Sigma: 0.5);
        double[] drawn = [.. Enumerable.Range(0, 20_000).Select(i => times.Of(new EvaluationId(1, i / 100, i % 100, 0)))];
        Assert.Equal(drawn[123], times.Of(new EvaluationId(1, 1, 23, 0)));

        // Fixed seed: the standard error of the mean logarithm is 0.0035.
        double[] logarithms = [.. drawn.Select(seconds => Math.Log(seconds))];
        Assert.InRange(logarithms.Average(), Math.Log(0.02) - 0.02, Math.Log(0.02) + 0.02);
        Assert.InRange(drawn.Average(), 0.97 * times.Mean, 1.03 * times.Mean);
    }
}
