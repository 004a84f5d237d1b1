using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Engines;

namespace Calibrate.Runtime.Tests.Engines;

public class ProbedSpeedTests
{
    private static readonly EvaluationOutcome Success = new Evaluated(-1, []);
    private static readonly EvaluationOutcome Failure = new ModelFailed(ModelFailureKind.NotANumber, "no");

    [Fact]
    public void The_fastest_success_counts_however_fast_the_model_failed_elsewhere() =>
        Assert.Equal(10, After((Failure, 5e-6), (Success, 12), (Success, 10)));

    [Fact]
    public void Without_a_success_the_slowest_failure_counts() => Assert.Equal(3, After((Failure, 5e-6), (Failure, 3)));

    [Fact]
    public void Without_a_probe_nothing_is_known() => Assert.Equal(0, After());

    private static double After(params (EvaluationOutcome Outcome, double Seconds)[] probes)
    {
        var speed = new ProbedSpeed();
        foreach (var (outcome, seconds) in probes)
        {
            speed.Note(outcome, seconds);
        }

        return speed.Seconds;
    }
}
