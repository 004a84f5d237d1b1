using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Journals;

public sealed class SealTests
{
    private static readonly byte[] Stored = [.. Enumerable.Range(1, Seal.SizeInBytes).Select(i => (byte)i)];

    [Fact]
    public void A_stored_seal_reads_and_writes_back_byte_for_byte()
    {
        var seal = Seal.Read(Stored);
        Assert.Equal(0x04030201u, seal.Crc32C);
        Assert.StartsWith("05060708", seal.Sha256, StringComparison.Ordinal);
        Assert.Equal(64, seal.Sha256.Length);
        Assert.Equal(Stored, seal.ToArray());
        Assert.Equal(seal.Sha256, seal.ToString());
    }

    [Fact]
    public void Equality_covers_every_byte()
    {
        for (var i = 0; i < Stored.Length; i++)
        {
            var other = Stored.ToArray();
            other[i] ^= 0x80;
            Assert.NotEqual(Seal.Read(Stored), Seal.Read(other));
        }

        Assert.Equal(Seal.Read(Stored), Seal.Read(Stored));
        Assert.Equal(Seal.Read(Stored).GetHashCode(), Seal.Read(Stored).GetHashCode());
        Assert.Equal(new byte[Seal.SizeInBytes], Seal.Genesis.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(37)]
    public void Another_length_is_refused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Seal.Read(new byte[length]));
}
