using Calibrate.Problems.Methods;

namespace Calibrate.Problems.Tests.Methods;

public class MethodSpecificationTests
{
    [Theory]
    [InlineData(1, 32)]
    [InlineData(8, 32)]
    [InlineData(9, 36)]
    [InlineData(25, 100)]
    public void Walkers_grow_with_the_dimension(int dimension, int walkers) =>
        Assert.Equal(walkers, new EnsembleSpecification().WalkersFor(dimension));

    [Fact]
    public void Half_of_a_run_is_warm_up_unless_told_otherwise()
    {
        Assert.Equal(500, new EnsembleSpecification { Iterations = 1000 }.WarmUpIterations);
        Assert.Equal(10, new EnsembleSpecification { Iterations = 1000, WarmUp = 10 }.WarmUpIterations);
    }
}
