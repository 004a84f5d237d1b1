using Calibrate.Inference.Kernel;

namespace Calibrate.Inference.Tests.Kernel;

public class WideLayoutTests
{
    [Theory]
    [InlineData(4, 8, 8)]
    [InlineData(16, 8, 16)]
    [InlineData(18, 16, 24)]
    [InlineData(32, 16, 32)]
    [InlineData(40, 32, 40)]
    [InlineData(64, 32, 64)]
    [InlineData(66, 40, 72)]
    [InlineData(1000, 504, 1000)]
    public void RowsHaveRoomForBothSplitsInWholeVectors(int walkers, int halfRoom, int walkerLanes)
    {
        WideLayout layout = new(walkers);
        Assert.Equal(walkers / 2, layout.Half);
        Assert.Equal(halfRoom, layout.HalfRoom);
        Assert.Equal(2 * halfRoom, layout.Stride);
        Assert.Equal(walkerLanes, layout.WalkerLanes);
        Assert.InRange(layout.HalfLanes, layout.Half, layout.HalfRoom);
        Assert.InRange(layout.WalkerLanes, walkers, layout.Stride);
    }
}
