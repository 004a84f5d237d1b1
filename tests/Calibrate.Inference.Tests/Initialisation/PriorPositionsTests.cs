using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Tests.Support;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Initialisation;

public class PriorPositionsTests
{
    [Fact]
    public void PositionsAreQuantilesOfTheUniformsOfTheirAttempt()
    {
        CurvedSpace space = new(3);
        PriorPositions prior = new(space, TestMethods.Key);
        double[] position = new double[3];
        Assert.True(prior.TryDraw(2, 7, 4, position));
        PhiloxBlock first = Philox.Block(TestMethods.Key, PhiloxCounter.Of(7, 4, 2, RandomPurpose.InitialPosition, 0));
        PhiloxBlock second = Philox.Block(TestMethods.Key, PhiloxCounter.Of(7, 4, 2, RandomPurpose.InitialPosition, 1));
        double[] expected = new double[3];
        space.SamplePrior([first.Uniform01, first.Uniform23, second.Uniform01], expected);
        Assert.Equal(expected, position);
        Assert.Null(prior.Refusal);
    }

    [Fact]
    public void ImproperPriorIsRefused() =>
        Assert.Contains("flat prior without two finite bounds", new PriorPositions(new UnboundedSpace(2), TestMethods.Key).Refusal, StringComparison.Ordinal);

    /// <summary>More dimensions than fit on the stack.</summary>
    [Fact]
    public void ManyDimensionsAreDrawnToo()
    {
        double[] position = new double[100];
        Assert.True(new PriorPositions(new CurvedSpace(100), TestMethods.Key).TryDraw(0, 0, 0, position));
        Assert.Equal(100, position.Distinct().Count());
    }
}
