using Calibrate.Inference.Kernel;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Kernel;

public class TargetEvaluatorTests
{
    [Fact]
    public void IdentitySpaceAddsAPriorOfZero()
    {
        TargetEvaluator evaluator = new(new UnboundedSpace(1), 2);
        double[] targets = new double[2];
        evaluator.Evaluate(new LogDensityLikelihood(QuadraticDensity.Standard(1)), [0.0, 2.0], targets, targets);
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(targets[0])); // the density itself is -0.0 there
        Assert.Equal(-2.0, targets[1]);
        Assert.Equal(2, evaluator.Evaluated);
    }

    [Fact]
    public void PointsOutsideTheSupportAreNotEvaluated()
    {
        PositiveSpace space = new(1, limit: 2);
        RecordingLikelihood likelihood = new(2);
        TargetEvaluator evaluator = new(space, 4);
        double[] logPosteriors = new double[4];
        double[] targets = new double[4];
        evaluator.Evaluate(likelihood, [Math.Log(3), 0.0, Math.Log(4), Math.Log(1.5)], logPosteriors, targets);
        Assert.Equal(2, likelihood.Points);
        Assert.Equal([1, 3], evaluator.PointOf.ToArray());
        Assert.Equal(double.NegativeInfinity, logPosteriors[0]);
        Assert.Equal(double.NegativeInfinity, targets[2]);
        Assert.Equal((-0.1 * 43) - 1, logPosteriors[1]);
        Assert.Equal(logPosteriors[1], targets[1]);
        Assert.Equal((-0.1 * 43.5) - 1.5, logPosteriors[3], 12);
        Assert.Equal(logPosteriors[3] + Math.Log(1.5), targets[3]);
    }

    [Fact]
    public void NoPointInsideMeansNoCall()
    {
        RecordingLikelihood likelihood = new(2);
        TargetEvaluator evaluator = new(new PositiveSpace(1, limit: 2), 2);
        double[] targets = new double[2];
        evaluator.Evaluate(likelihood, [0.0, 0.0], new double[2], targets);
        evaluator.Evaluate(likelihood, [9.0, 8.0], new double[2], targets);
        Assert.Equal(1, likelihood.Calls);
        Assert.Equal(0, evaluator.Evaluated);
        Assert.Equal(0, evaluator.Batch.Count);
        Assert.All(targets, target => Assert.Equal(double.NegativeInfinity, target));
    }

    [Fact]
    public void FailuresAreReportedWithTheirWalkerAndNaturalParameters()
    {
        double[] points = [Math.Log(9), 0.0, Math.Log(1.75), Math.Log(1.8)];
        double[] targets = new double[4];
        TargetEvaluator evaluator = new(new PositiveSpace(1, limit: 2), 4);
        evaluator.Evaluate(new RecordingLikelihood(2, failAbove: 1.7), points, new double[4], targets);
        FailureList failures = new();
        evaluator.ReportFailures(points, 5, [10, 11, 12, 13], failures);
        Assert.Equal(["5/12: beyond the limit", "5/13: beyond the limit"], failures.Entries);
        Assert.Equal([42, 1.75], failures.Natural[0].Select(value => Math.Round(value, 12)));
        Assert.Equal(double.NegativeInfinity, targets[2]);
    }

    [Fact]
    public void RecordedOutputsOfTakenPointsGoToTheirWalkers()
    {
        TargetEvaluator evaluator = new(new PositiveSpace(1, limit: 2), 3);
        evaluator.Evaluate(new RecordingLikelihood(2), [9.0, 0.0, Math.Log(1.5)], new double[3], new double[3]);
        double[] recorded = new double[2 * 6];
        evaluator.KeepRecorded([1, 0, -1], [4, 1, 3], recorded, 6);
        Assert.Equal([0, 0, 0, 43.5, 0, 0, 0, 0, 0, 42, 0, 0], recorded);
    }
}
