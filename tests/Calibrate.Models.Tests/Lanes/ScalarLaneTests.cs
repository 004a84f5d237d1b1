using Calibrate.Models.Lanes;

namespace Calibrate.Models.Tests.Lanes;

public class ScalarLaneTests
{
    [Fact]
    public void Reads_and_writes_its_lanes() => LanesConformance<ScalarLane, double>.CheckMemory(1);

    [Fact]
    public void Does_in_every_lane_what_one_lane_does() => LanesConformance<ScalarLane, double>.CheckOperations();

    [Fact]
    public void Is_all_equal_only_when_every_lane_is() => LanesConformance<ScalarLane, double>.CheckComparison();
}
