using Calibrate.Inference.Kernel;
using Calibrate.Inference.States;

namespace Calibrate.Inference.Tests.States;

public class ChainRunTests
{
    [Fact]
    public void HasRoomForTheRowsOfTheIterations()
    {
        ChainRun run = new(new EnsembleShape(Walkers: 4, Dimension: 3, NaturalDimension: 3, RecordedCount: 2, Thin: 5));
        ChainRows rows = run.Prepare(7, 21);
        rows.AcceptedByWalker[2] = 9;
        Assert.Equal((14, 3), (run.Iterations, run.Rows));
        Assert.Equal(3 * 3 * 4, run.Positions.Length);
        Assert.Equal(3 * 4, run.LogPosteriors.Length);
        Assert.Equal(3 * 2 * 4, run.Recorded.Length);
        Assert.Equal(28, run.Digests.Length);

        run.Failures.Add(new FailureExample(default, "a", [], "b"));
        run.Prepare(21, 22);
        Assert.Equal((1, 0), (run.Iterations, run.Rows));
        Assert.Empty(run.Failures);
        Assert.All(run.AcceptedByWalker, count => Assert.Equal(0, count));
    }
}
