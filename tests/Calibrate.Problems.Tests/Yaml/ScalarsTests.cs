using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class ScalarsTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("-2.5e-3", -0.0025)]
    [InlineData("+.5", 0.5)]
    public void Numbers_are_read(string text, double expected)
    {
        Assert.True(Scalars.TryNumber(Plain(text), out double number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("1e999")]
    [InlineData("1,5")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData("")]
    public void What_is_not_a_finite_number_is_refused(string text) => Assert.False(Scalars.TryNumber(Plain(text), out _));

    [Fact]
    public void Quoted_digits_are_text() => Assert.False(Scalars.TryNumber(new YamlScalar(default, "1", isPlain: false, isSingleLine: true), out _));

    [Theory]
    [InlineData(".inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    public void Bounds_may_be_infinite(string text, double expected)
    {
        Assert.True(Scalars.TryNumberOrInfinity(Plain(text), out double number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("0.91 * 16.0963", 0.91 * 16.0963)]
    [InlineData("1 / 3", 1.0 / 3)]
    public void Constants_may_be_computed(string text, double expected)
    {
        Assert.True(Scalars.TryConstant(Plain(text), out double number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("1 / 0")]
    [InlineData("x + 1")]
    [InlineData("1 +")]
    public void A_constant_must_be_one(string text) => Assert.False(Scalars.TryConstant(Plain(text), out _));

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90 s", 90)]
    [InlineData("1.5h", 5400)]
    [InlineData("10 min", 600)]
    [InlineData("250 ms", 0.25)]
    [InlineData("2 d", 172800)]
    public void Times_have_units(string text, double seconds)
    {
        Assert.True(Scalars.TryDuration(Plain(text), out TimeSpan duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("1000", 1000)]
    [InlineData("512 MiB", 512L * 1024 * 1024)]
    [InlineData("2 GB", 2_000_000_000)]
    [InlineData("1.5 KiB", 1536)]
    public void Sizes_have_units(string text, long bytes)
    {
        Assert.True(Scalars.TrySize(Plain(text), out long size));
        Assert.Equal(bytes, size);
    }

    [Theory]
    [InlineData("1 parsec")]
    [InlineData("s")]
    [InlineData("1e300 d")]
    [InlineData("")]
    public void Other_units_are_refused(string text)
    {
        Assert.False(Scalars.TryDuration(Plain(text), out _));
        Assert.False(Scalars.TrySize(Plain(text), out _));
    }

    private static YamlScalar Plain(string text) => new(default, text, isPlain: true, isSingleLine: true);
}
