using Calibrate.Inference.Kernel;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Tests.Kernel;

public class SplitListingTests
{
    [Fact]
    public unsafe void BothFormsListTheSame()
    {
        foreach (int walkers in (int[])[4, 6, 16, 18, 32, 34, 48, 64])
        {
            WideLayout layout = new(walkers);
            PinnedMemory memory = new((4 * layout.Stride) + SplitListing.Elements, 5);
            SplitListing listing = new(layout, memory);
            long* order = memory.Take<long>(layout.Stride);
            long* places = memory.Take<long>(layout.Stride);
            long* plainOrder = memory.Take<long>(layout.Stride);
            long* plainPlaces = memory.Take<long>(layout.Stride);
            for (int trial = 0; trial < 50; trial++)
            {
                int[] members = [.. Enumerable.Range(0, walkers)
                    .OrderBy(w => Philox.Block(default, new PhiloxCounter((uint)w, (uint)trial, 0, 0)).W0).Take(walkers / 2)];
                ulong first = members.Aggregate(0UL, (set, walker) => set | (1UL << walker));
                listing.List(first, order, places);
                listing.ListOneByOne(first, plainOrder, plainPlaces);
                Assert.Equal(members.Order().Select(w => (long)w), new Span<long>(plainOrder, layout.Half).ToArray());
                Assert.Equal(new Span<long>(plainOrder, layout.Half), new Span<long>(order, layout.Half));
                Assert.Equal(new Span<long>(plainOrder + layout.HalfRoom, layout.Half), new Span<long>(order + layout.HalfRoom, layout.Half));
                Assert.Equal(new Span<long>(plainPlaces, walkers), new Span<long>(places, walkers));
            }

            GC.KeepAlive(memory);
        }
    }
}
