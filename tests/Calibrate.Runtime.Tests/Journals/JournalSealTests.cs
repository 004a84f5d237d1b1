using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Journals;

/// <summary>The known answers of docs/formats/journal.md, computed by an independent implementation.</summary>
public sealed class JournalSealTests
{
    private readonly JournalSeal seal = new();

    [Fact]
    public void Known_answers_of_a_chain_and_its_snapshot()
    {
        var first = seal.OfEvent(Seal.Genesis, 1, 1, 0, []);
        AssertSeal(0xBAF775B3, "eca04e20220dec1f50c06d57fd8cc6e15fcd576aec9af6d4d55bc8a22f96cbbf", first);

        var second = seal.OfEvent(first, 2, 1, 7, "calibrate"u8);
        AssertSeal(0xBAEFA701, "505ab827562e96486a3839589bf7ddf34a1792ef8cd98fce68555eff5b44d1b1", second);

        var third = seal.OfEvent(second, 3, 2, 2, [.. Enumerable.Range(0, 20_000).Select(i => (byte)i)]);
        AssertSeal(0x4984528B, "e4c2d25645ef8e2082dc80b1f7005ff3d51bd1060e5b7200d5162d971fc5929d", third);

        AssertSeal(0x085F6A91, "816a00edfc80b3250d9a1129d654afecee971705f88bcdabfd436c82601db5c7", seal.OfSnapshot(third, 3, "state"u8));
    }

    [Fact]
    public void Everything_that_is_sealed_changes_the_seal()
    {
        var previous = seal.OfEvent(Seal.Genesis, 1, 1, 0, [1]);
        Seal[] seals =
        [
            seal.OfEvent(previous, 2, 1, 0, [1, 2]),
            seal.OfEvent(Seal.Genesis, 2, 1, 0, [1, 2]),
            seal.OfEvent(previous, 3, 1, 0, [1, 2]),
            seal.OfEvent(previous, 2, 2, 0, [1, 2]),
            seal.OfEvent(previous, 2, 1, 1, [1, 2]),
            seal.OfEvent(previous, 2, 1, 0, [1, 3]),
            seal.OfEvent(previous, 2, 1, 0, [1, 2, 0]),
            seal.OfSnapshot(previous, 2, [1, 2]),
        ];
        Assert.Equal(seals.Length, seals.Select(one => one.Sha256).Distinct().Count());
    }

    private static void AssertSeal(uint crc, string sha256, Seal actual)
    {
        Assert.Equal(crc, actual.Crc32C);
        Assert.Equal(sha256, actual.Sha256);
    }
}
