using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class DrawMatrixTests
{
    [Fact]
    public void Chains_lie_one_after_the_other_in_a_buffer_that_may_be_longer()
    {
        var draws = new DrawMatrix([0, 1, 2, 10, 11, 12, 99], 2, 3);
        Assert.Equal([10.0, 11.0, 12.0], draws.Chain(1).ToArray());
        Assert.Equal([0.0, 1.0, 2.0, 10.0, 11.0, 12.0], draws.All.ToArray());
        Assert.Equal(6, draws.Count);
    }

    [Fact]
    public void Refuses_a_shape_that_the_values_cannot_fill()
    {
        var error = Assert.Throws<ArgumentException>(() => new DrawMatrix(new double[5], 2, 3));
        Assert.StartsWith("2 chains of 3 draws need 6 values; the array holds 5.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DrawMatrix(new double[5], 1 << 20, 1 << 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DrawMatrix([], 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DrawMatrix([], 1, -1));
    }
}
