using System.Text;
using Calibrate.Models.UmBridge;

namespace Calibrate.Models.Tests.UmBridge;

public class UmBridgeNumbersTests
{
    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(5, "5.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e300, "1E+300")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(-1.7976931348623157e308, "-1.7976931348623157E+308")]
    public void Writes_what_reads_back_to_the_same_bits(double value, string text)
    {
        byte[] buffer = new byte[32];
        int length = UmBridgeNumbers.Write(value, buffer);
        Assert.Equal(text, Encoding.ASCII.GetString(buffer, 0, length));
        Assert.True(UmBridgeNumbers.TryParse(buffer.AsSpan(0, length), out double read));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(read));
    }

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("NaN", double.NaN)]
    [InlineData("null", double.NaN)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("-1e999", double.NegativeInfinity)]
    public void Reads_what_is_not_finite(string text, double expected)
    {
        Assert.True(UmBridgeNumbers.TryParse(Encoding.ASCII.GetBytes(text), out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1,5")]
    [InlineData("infinite")]
    [InlineData("true")]
    [InlineData("\"1\"")]
    public void Reads_nothing_else(string text) => Assert.False(UmBridgeNumbers.TryParse(Encoding.ASCII.GetBytes(text), out _));
}
