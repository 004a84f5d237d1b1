using System.Runtime.Intrinsics;
using Calibrate.Models.Lanes;

namespace Calibrate.Models.Tests.Lanes;

public class Lanes256Tests
{
    [Fact]
    public void Reads_and_writes_its_lanes() => LanesConformance<Lanes256, Vector256<double>>.CheckMemory(4);

    [Fact]
    public void Does_in_every_lane_what_one_lane_does() => LanesConformance<Lanes256, Vector256<double>>.CheckOperations();

    [Fact]
    public void Is_all_equal_only_when_every_lane_is() => LanesConformance<Lanes256, Vector256<double>>.CheckComparison();
}
