using Calibrate.Numerics.Diagnostics;
using Calibrate.Reports.Exports;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Tests.Exports;

public class DrawOrderTests
{
    // Hundreds are the column, tens the walker, ones the draw.
    private static readonly DrawSlab Slab = new(
        0, 0, 1, [.. Enumerable.Range(0, 3).Select(c => new DrawMatrix([.. new double[] { 0, 1, 2, 10, 11, 12 }.Select(value => (100 * c) + value)], 2, 3))]);

    [Fact]
    public void Records_go_by_draw_then_walker_then_column()
    {
        var records = new double[12];
        DrawOrder.ToRecords(Slab, firstColumn: 1, columns: 2, records);

        Assert.Equal([100, 200, 110, 210, 101, 201, 111, 211, 102, 202, 112, 212], records);
    }

    [Fact]
    public void Vectors_go_by_walker_then_draw_then_column()
    {
        var vectors = new double[12];
        DrawOrder.ToVectors(Slab, firstColumn: 0, columns: 2, vectors);

        Assert.Equal([0, 100, 1, 101, 2, 102, 10, 110, 11, 111, 12, 112], vectors);
    }
}
