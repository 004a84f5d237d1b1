using Calibrate.Problems.Models;

namespace Calibrate.Problems.Tests.Models;

public class ModelSignatureTests
{
    [Fact]
    public void Outputs_stand_one_after_the_other()
    {
        ModelSignature signature = new([], [new OutputSignature("a", [1.0, 2]), new OutputSignature("b"), new OutputSignature("c", [5.0])]);
        Assert.Equal(4, signature.OutputLength);
        Assert.Equal([0, 2, 3], [signature.OffsetOf(0), signature.OffsetOf(1), signature.OffsetOf(2)]);
        Assert.Equal((2, -1), (signature.IndexOfOutput("c"), signature.IndexOfOutput("d")));
    }

    [Fact]
    public void Names_must_differ()
    {
        Assert.Throws<ArgumentException>(() => new ModelSignature([new ModelParameter("x"), new ModelParameter("x")], []));
        Assert.Throws<ArgumentException>(() => new ModelSignature([], [new OutputSignature("y"), new OutputSignature("y")]));
    }

    [Theory]
    [InlineData(new double[] { })]
    [InlineData(new[] { 1.0, 1.0 })]
    [InlineData(new[] { 2.0, 1.0 })]
    [InlineData(new[] { 1.0, double.NaN })]
    public void An_axis_must_ascend(double[] axis) => Assert.Throws<ArgumentException>(() => new OutputSignature("y", axis));
}
