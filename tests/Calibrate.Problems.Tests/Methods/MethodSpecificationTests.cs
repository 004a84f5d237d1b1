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

}
