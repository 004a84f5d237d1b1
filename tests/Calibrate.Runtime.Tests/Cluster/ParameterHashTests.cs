using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Tests.Cluster;

public class ParameterHashTests
{
    // Computed from the specification by an independent program (Python integers, modulo 2^64).
    [Theory]
    [InlineData(0xE9E0033E3BADAF36UL, new double[0])]
    [InlineData(0x44F0EE647FD9FBCFUL, new[] { 0.0 })]
    [InlineData(0x1113B483CC663572UL, new[] { 1.0, -2.5 })]
    [InlineData(0x0C29EA626EB52C76UL, new[] { 1e-300, double.PositiveInfinity, 3.141592653589793 })]
    public void Known_answers(ulong expected, double[] parameters) => Assert.Equal(expected, ParameterHash.Of(parameters));

    [Fact]
    public void Signed_zeros_order_and_length_count()
    {
        Assert.NotEqual(ParameterHash.Of([0.0]), ParameterHash.Of([-0.0]));
        Assert.NotEqual(ParameterHash.Of([1.0, 2.0]), ParameterHash.Of([2.0, 1.0]));
        Assert.NotEqual(ParameterHash.Of([0.0]), ParameterHash.Of([0.0, 0.0]));
    }

    [Fact]
    public void One_bit_changes_about_half_of_the_bits()
    {
        var reference = ParameterHash.Of([1.0, 2.0, 3.0]);
        for (var bit = 0; bit < 64; bit++)
        {
            var other = ParameterHash.Of([1.0, BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(2.0) ^ (1L << bit)), 3.0]);
            Assert.InRange(ulong.PopCount(reference ^ other), 12UL, 52UL);
        }
    }
}
