using System.Runtime.Intrinsics;
using Calibrate.Models.Lanes;

namespace Calibrate.Models.Tests.Lanes;

public class PairedLanesTests
{
    [Fact]
    public void Reads_and_writes_its_lanes() => LanesConformance<PairedLanes<Lanes256, Vector256<double>>, VectorPair<Vector256<double>>>.CheckMemory(8);

    [Fact]
    public void Does_in_every_lane_what_one_lane_does() => LanesConformance<PairedLanes<Lanes256, Vector256<double>>, VectorPair<Vector256<double>>>.CheckOperations();

    [Fact]
    public void Is_all_equal_only_when_every_lane_is() => LanesConformance<PairedLanes<Lanes256, Vector256<double>>, VectorPair<Vector256<double>>>.CheckComparison();
}

public class PairedLanesOfEightTests
{
    [Fact]
    public void Reads_and_writes_its_lanes() => LanesConformance<PairedLanes<Lanes512, Vector512<double>>, VectorPair<Vector512<double>>>.CheckMemory(16);

    [Fact]
    public void Does_in_every_lane_what_one_lane_does() => LanesConformance<PairedLanes<Lanes512, Vector512<double>>, VectorPair<Vector512<double>>>.CheckOperations();

    [Fact]
    public void Is_all_equal_only_when_every_lane_is() => LanesConformance<PairedLanes<Lanes512, Vector512<double>>, VectorPair<Vector512<double>>>.CheckComparison();
}
