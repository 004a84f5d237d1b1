using System.Runtime.InteropServices;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Journals;

public class PayloadMemoryTests
{
    [Fact]
    public void Lent_memory_is_used_again_once_it_was_taken_back()
    {
        var first = PayloadMemory.Lent.Copy(new byte[] { 1, 2, 3 });
        Assert.Equal([1, 2, 3], first.ToArray());
        PayloadMemory.Lent.TakeBack([new JournalEntry(1, 1, 1, first, default)]);

        var second = PayloadMemory.Lent.Copy(new byte[] { 4, 5 });
        Assert.Equal([4, 5], second.ToArray());
        Assert.Same(ArrayOf(first), ArrayOf(second));
    }

    [Fact]
    public void Own_memory_is_never_used_again()
    {
        var first = PayloadMemory.Own.Copy(new byte[] { 1, 2, 3 });
        PayloadMemory.Own.TakeBack([new JournalEntry(1, 1, 1, first, default)]);
        Assert.NotSame(ArrayOf(first), ArrayOf(PayloadMemory.Own.Copy(new byte[] { 4, 5, 6 })));
        Assert.Equal([1, 2, 3], first.ToArray());
    }

    private static byte[]? ArrayOf(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) ? segment.Array : null;
}
