using Calibrate.Inference.Moves;

namespace Calibrate.Inference.Tests.Moves;

public class MoveMixtureTests
{
    [Fact]
    public void ChoosesByCumulativeWeight()
    {
        MoveMixture mixture = new((new StretchMove(), 3), (new WalkMove(), 1), (new SnookerMove(), 4));
        Assert.Equal(0, mixture.Choose(0.0001));
        Assert.Equal(0, mixture.Choose(0.374));
        Assert.Equal(1, mixture.Choose(0.375));
        Assert.Equal(1, mixture.Choose(0.499));
        Assert.Equal(2, mixture.Choose(0.5));
        Assert.Equal(2, mixture.Choose(0.9999));
    }

    [Fact]
    public void SingleMoveIsAlwaysChosen() => Assert.Equal(0, MoveMixture.Of(new WalkMove()).Choose(0.99));

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void RefusesWeightsThatAreNotPositive(double weight) => Assert.Throws<ArgumentException>(() => new MoveMixture((new StretchMove(), weight)));

    [Fact]
    public void RefusesAnEmptyMixture() => Assert.Throws<ArgumentException>(() => new MoveMixture());
}
