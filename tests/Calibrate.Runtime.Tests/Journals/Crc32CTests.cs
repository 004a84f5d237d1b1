using System.Text;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Journals;

/// <summary>Known answers of RFC 3720, appendix B.4, and of a bit-by-bit implementation.</summary>
public sealed class Crc32CTests
{
    [Fact]
    public void The_check_value_is_that_of_the_polynomial() => Assert.Equal(0xE3069283, Crc32C.Of("123456789"u8));

    [Fact]
    public void Rfc_3720_known_answers()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Of([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0x113FDB5Cu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))]));
    }

    [Fact]
    public void A_long_input_through_the_interleaved_lanes_gives_the_same_as_bit_by_bit()
    {
        byte[] bytes = [.. Enumerable.Range(0, 100_001).Select(i => (byte)((i * 7) + 3))];
        Assert.Equal(0xC55101F6, Crc32C.Of(bytes));
        for (var length = 12_280; length < 12_300; length++)
        {
            Assert.Equal(BitByBit(bytes.AsSpan(0, length)), Crc32C.Of(bytes.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(20)]
    public void Appending_in_parts_gives_the_same_as_at_once(int split)
    {
        var text = Encoding.ASCII.GetBytes("twenty characters...");
        Assert.Equal(Crc32C.Of(text), Crc32C.Append(Crc32C.Of(text.AsSpan(0, split)), text.AsSpan(split)));
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78u : 0);
            }
        }

        return ~crc;
    }
}
