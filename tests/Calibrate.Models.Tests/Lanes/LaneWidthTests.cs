using System.Runtime.Intrinsics;
using Calibrate.Models.Lanes;

namespace Calibrate.Models.Tests.Lanes;

public class LaneWidthTests
{
    [Fact]
    public void The_widest_form_is_one_the_machine_has()
    {
        bool supported = LaneWidths.Widest switch
        {
            LaneWidth.Vector512 => Vector512.IsHardwareAccelerated,
            LaneWidth.Vector256 => Vector256.IsHardwareAccelerated && !Vector512.IsHardwareAccelerated,
            _ => !Vector256.IsHardwareAccelerated,
        };
        Assert.True(supported);
    }
}
