using System.Runtime.Intrinsics;
using Calibrate.Models.Lanes;
using Calibrate.Models.TwoLayer;

namespace Calibrate.Models.Tests.TwoLayer;

public class TwoLayerWriterTests
{
    [Fact]
    public void Padding_lanes_are_not_written()
    {
        double[] values = [.. Enumerable.Repeat(-1.0, 4 * 2 * 5)];
        double[] parameters = [.. Enumerable.Repeat(2.0, 6 * 4)];
        TwoLayerWriter writer = new(TwoLayerOutputs.All(2), values, stride: 5, first: 2, points: 3);
        writer.Write<Lanes256, Vector256<double>>(
            1, ref parameters[0], 4, Vector256.Create(9.0), Vector256.Create(1.0, 2, 3, 4), Vector256.Create(0.5));
        Assert.Equal([-1, -1, -1, -1, -1, -1, -1, 1, 2, 3], values[..10]);
        Assert.Equal([-1, -1, -1, -1, -1, -1, -1, 0.5, 0.5, 0.5], values[10..20]);
        Assert.Equal([-1, -1, -1, -1, -1, -1, -1, 3, 5, 7], values[20..30]);

        // 9 - (2 - 2 T) T - (2 - 1) 2 (T - 0.5) for T = 1, 2, 3
        Assert.Equal([-1, -1, -1, -1, -1, -1, -1, 8, 10, 16], values[30..]);
    }

    [Fact]
    public void Values_nobody_reads_are_not_written()
    {
        double[] values = [.. Enumerable.Repeat(-1.0, 8)];
        double[] parameters = [.. Enumerable.Repeat(2.0, 6)];
        TwoLayerWriter writer = new(TwoLayerOutputs.Some(2, new HashSet<int> { 5 }), values, 1, 0, 1);
        writer.Write<ScalarLane, double>(0, ref parameters[0], 1, 9, 1, 0.5);
        writer.Write<ScalarLane, double>(1, ref parameters[0], 1, 9, 1, 0.5);
        Assert.Equal([-1, -1, -1, -1, -1, 3, -1, -1], values);
    }
}
