using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Slots;

public class IsolatedLikelihoodTests
{
    private static readonly double[] GoodAndBad = [0.5, 2, 0.25, 1];

    [Fact]
    public void A_model_that_crashes_fails_its_point_and_no_other()
    {
        using var likelihood = IsolatedLikelihood.Of(Isolated("exit"), ChildPrograms.TestHost);
        EvaluationBatch results = new();
        likelihood.Evaluate(2, GoodAndBad, results);
        Assert.Equal(-0.5 * ((0.5 * 0.5) + (0.25 * 0.25)), results.LogLikelihoods[0]);
        Assert.Equal(ModelFailureKind.NonZeroExit, results.Failures[1]?.Kind);
        Assert.Contains("ended with exit code 7", results.Failures[1]?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transient_crash_is_nothing()
    {
        var marks = Path.Combine(Directory.CreateTempSubdirectory("calibrate-marks-").FullName, "mark");
        using var likelihood = IsolatedLikelihood.Of(Isolated("kill", $", times: 2, marks: {marks}"), ChildPrograms.TestHost);
        EvaluationBatch results = new();
        likelihood.Evaluate(2, GoodAndBad, results);
        Assert.Equal(0, results.FailureCount);
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(marks)!).Length);
        Directory.Delete(Path.GetDirectoryName(marks)!, recursive: true);
    }

    [Fact]
    public void Without_isolation_nothing_is_started()
    {
        using var likelihood = IsolatedLikelihood.Of(ChildPrograms.Faulty("throw"), new SlotProgram("/no/such/program", []));
        EvaluationBatch results = new();
        likelihood.Evaluate(2, GoodAndBad, results);
        Assert.Equal(1, results.FailureCount);
        Assert.Equal((2, 0), (likelihood.NaturalDimension, likelihood.RecordedCount));
    }

    private static Problem Isolated(string fault, string options = "") =>
        ChildPrograms.Faulty(fault, options).WithExecution(new ExecutionSpecification { Isolation = IsolationKind.Process });
}
