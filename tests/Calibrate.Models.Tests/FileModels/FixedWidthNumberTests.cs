using System.Globalization;
using Calibrate.Models.FileModels;

namespace Calibrate.Models.Tests.FileModels;

public class FixedWidthNumberTests
{
    [Theory]
    [InlineData(1, 8, "     1.0")]
    [InlineData(1, 2, "1.")]
    [InlineData(0, 5, "  0.0")]
    [InlineData(-0.125, 6, "-0.125")]
    [InlineData(-0.125, 5, "-.125")]
    [InlineData(-0.125, 4, "-.12")]
    [InlineData(3.14159265358979, 8, "3.141593")]
    [InlineData(1234567, 5, "1.2E6")]
    [InlineData(1234567, 9, "1234567.0")]
    [InlineData(1.5e10, 5, "15.E9")]
    [InlineData(1e-7, 5, "1.E-7")]
    [InlineData(1e22, 12, "       1.E22")]
    [InlineData(9.999, 3, "10.")]
    [InlineData(6.02214076e23, 13, "6.02214076E23")]
    public void Writes_what_fits(double value, int width, string expected)
    {
        Assert.True(FixedWidthNumber.TryWrite(value, width, out string text));
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData(1e-7, 4)]
    [InlineData(-1e100, 6)]
    [InlineData(1, 1)]
    public void Says_when_nothing_fits(double value, int width) => Assert.False(FixedWidthNumber.TryWrite(value, width, out _));

    [Fact]
    public void Wide_fields_keep_every_bit()
    {
        Random random = new(5);
        for (int n = 0; n < 20_000; n++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                Assert.True(FixedWidthNumber.TryWrite(value, FixedWidthNumber.WidthForEveryBit, out string text));
                Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
                Assert.Contains('.', text);
            }
        }
    }

    [Fact]
    public void Narrow_fields_lose_no_more_than_they_must()
    {
        Random random = new(6);
        for (int n = 0; n < 5_000; n++)
        {
            double value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9));
            Assert.True(FixedWidthNumber.TryWrite(value, 10, out string text));

            // At least four digits fit beside a sign, a point and an exponent: -1.234E-12.
            Assert.Equal(10, text.Length);
            Assert.InRange(double.Parse(text, CultureInfo.InvariantCulture) / value, 1 - 5.1e-4, 1 + 5.1e-4);
        }
    }
}
