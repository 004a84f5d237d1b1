using Calibrate.Inference.Kernel;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Tests.Kernel;

public class SplitSelectorTests
{
    [Fact]
    public void SmallerHalfMovesFirstForAnyNumberOfWalkers()
    {
        foreach (int walkers in (int[])[4, 6, 8, 14, 16, 18, 32, 34, 62, 64, 66, 128, 500])
        {
            for (int trial = 0; trial < 20; trial++)
            {
                AssertSplit([.. Enumerable.Range(0, walkers).Select(w => Draw(w, trial).W0)]);
            }
        }
    }

    [Fact]
    public void TiesGoToTheSmallerIndex()
    {
        foreach (int walkers in (int[])[4, 10, 32, 64, 100])
        {
            for (int trial = 0; trial < 50; trial++)
            {
                AssertSplit([.. Enumerable.Range(0, walkers).Select(w => Draw(w, trial).W0 % 4)]);
            }

            AssertSplit([.. Enumerable.Repeat(7u, walkers)]);
            AssertSplit([.. Enumerable.Repeat(uint.MaxValue, walkers)]);
            AssertSplit([.. Enumerable.Range(0, walkers).Select(w => w < 3 ? 0 : uint.MaxValue)]);
        }
    }

    private static PhiloxBlock Draw(int walker, int trial) =>
        Philox.Block(PhiloxKey.FromSeed(6), PhiloxCounter.Of(walker, trial, 0, RandomPurpose.Step));

    private static unsafe void AssertSplit(uint[] words)
    {
        WideLayout layout = new(words.Length);
        PinnedMemory memory = new((4 * layout.Stride) + SplitListing.Elements, 4);
        uint* lanes = (uint*)memory.Take<ulong>(layout.Stride);
        long* order = memory.Take<long>(layout.Stride);
        long* places = memory.Take<long>(layout.Stride);
        new Span<uint>(lanes, 2 * layout.Stride).Fill(uint.MaxValue);
        words.CopyTo(new Span<uint>(lanes, words.Length));

        new SplitSelector(layout, memory).Select(lanes, order, places);

        int[] ranked = [.. Enumerable.Range(0, words.Length).OrderBy(w => words[w]).ThenBy(w => w)];
        long[] first = new Span<long>(order, layout.Half).ToArray();
        long[] second = new Span<long>(order + layout.HalfRoom, layout.Half).ToArray();
        Assert.Equal(ranked.Take(layout.Half).Order().Select(w => (long)w), first);
        Assert.Equal(ranked.Skip(layout.Half).Order().Select(w => (long)w), second);
        for (int walker = 0; walker < words.Length; walker++)
        {
            Assert.Equal(walker, order[places[walker]]);
        }

        GC.KeepAlive(memory);
    }
}
