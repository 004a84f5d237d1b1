using Calibrate.Inference.Kernel;

namespace Calibrate.Inference.Tests.Kernel;

public unsafe class PinnedMemoryTests
{
    [Fact]
    public void PiecesAreAlignedZeroedAndApart()
    {
        PinnedMemory memory = new(3 + 9 + 8, 3);
        double* first = memory.Take<double>(3);
        long* second = memory.Take<long>(9);
        ulong* third = memory.Take<ulong>(8);
        Assert.Equal(0, (long)first % 64);
        Assert.Equal(0, (long)second % 64);
        Assert.Equal(0, (long)third % 64);
        Assert.True((byte*)second - (byte*)first >= 3 * 8);
        Assert.True((byte*)third - (byte*)second >= 9 * 8);
        Assert.Equal(0, first[2]);
        Assert.Equal(0, second[8]);
        Assert.Equal(0UL, third[7]);
    }

    [Fact]
    public void MoreThanWasReservedIsRefused()
    {
        PinnedMemory memory = new(8, 1);
        memory.Take<double>(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => { memory.Take<double>(64); });
    }
}
