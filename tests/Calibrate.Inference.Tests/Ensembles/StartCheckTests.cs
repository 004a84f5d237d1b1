using Calibrate.Inference.Ensembles;
using Calibrate.Inference.Moves;
using Calibrate.Inference.States;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Ensembles;

public class StartCheckTests
{
    private static readonly MoveMixture Stretch = MoveMixture.Of(new StretchMove());

    [Fact]
    public void GoodShapesAndStartsPass()
    {
        Assert.Null(StartCheck.RefuseShape(Shape(8, 4), Stretch));
        Assert.Null(Start((x, y) => [x, y, x * y]));
    }

    [Theory]
    [InlineData(9, 2, "Use 10.")]
    [InlineData(6, 4, "Use at least 8, better 16.")]
    public void BadShapesAreRefusedWithWhatToDo(int walkers, int dimension, string advice) =>
        Assert.EndsWith(advice, StartCheck.RefuseShape(Shape(walkers, dimension), Stretch), StringComparison.Ordinal);

    [Fact]
    public void MovesThatNeedMoreWalkersAreNamed()
    {
        Assert.Contains("'kde' needs 5", StartCheck.RefuseShape(Shape(8, 4), MoveMixture.Of(new KernelDensityMove())), StringComparison.Ordinal);
        Assert.Null(StartCheck.RefuseShape(Shape(10, 4), MoveMixture.Of(new KernelDensityMove())));
        Assert.Contains("'walk' needs 6", StartCheck.RefuseShape(Shape(10, 4), MoveMixture.Of(new WalkMove(6))), StringComparison.Ordinal);
        Assert.Contains("'snooker' needs 3", StartCheck.RefuseShape(Shape(2, 1), MoveMixture.Of(new SnookerMove())), StringComparison.Ordinal);
    }

    [Fact]
    public void ConstantParameterIsNamed() =>
        Assert.Contains("'c' in every walker", Start((x, y) => [x, y, 0.1]), StringComparison.Ordinal);

    /// <summary>Scales and offsets are no matter, linear dependence is.</summary>
    [Fact]
    public void OnlyDependenceIsDegenerate()
    {
        Assert.Null(Start((x, y) => [1e9 + (1e-3 * x), 1e-20 * y, 1e30 * x * y]));
        Assert.Contains("condition number", Start((x, y) => [x, y, x + y]), StringComparison.Ordinal);
        Assert.Contains("condition number", Start((x, y) => [x, y, x + (1e-9 * y)]), StringComparison.Ordinal);
        Assert.Null(Start((x, y) => [x, y, x + (1e-6 * y * y)]));
    }

    private static EnsembleShape Shape(int walkers, int dimension) => new(walkers, dimension, dimension, 0, 1);

    private static string? Start(Func<double, double, double[]> position)
    {
        double[][] points = [.. Enumerable.Range(0, 12).Select(w => position(Math.Sin(5 * w), Math.Cos(3 * w) * w))];
        return StartCheck.RefuseStart(2, Shape(12, 3), Points.Columns(points), ["a", "b", "c"]);
    }
}
