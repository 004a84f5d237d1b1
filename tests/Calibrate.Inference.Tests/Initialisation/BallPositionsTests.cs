using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Tests.Support;
using Calibrate.Numerics;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Tests.Initialisation;

public class BallPositionsTests
{
    [Fact]
    public void PositionsAreNormalsAroundTheCentre()
    {
        BallPositions ball = new([1, -2, 5], [0.1, 10, 0], TestMethods.Key);
        double[] position = new double[3];
        Assert.True(ball.TryDraw(1, 6, 2, position));
        PhiloxBlock block = Philox.Block(TestMethods.Key, PhiloxCounter.Of(6, 2, 1, RandomPurpose.InitialBall, 0));
        Assert.Equal([1 + (0.1 * NormalQuantile.Of(block.Uniform01)), -2 + (10 * NormalQuantile.Of(block.Uniform23)), 5], position);
        Assert.Null(ball.Refusal);
    }

    [Fact]
    public void WalkersAttemptsAndEnsemblesDiffer()
    {
        BallPositions ball = new([0], [1], TestMethods.Key);
        HashSet<double> seen = [];
        double[] position = new double[1];
        foreach ((int ensemble, int walker, int attempt) in new[] { (0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1) })
        {
            ball.TryDraw(ensemble, walker, attempt, position);
            Assert.True(seen.Add(position[0]));
        }
    }
}
