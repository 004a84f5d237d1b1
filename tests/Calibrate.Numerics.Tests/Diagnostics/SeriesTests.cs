using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class SeriesTests
{
    private static readonly DrawMatrix Draws = new([1, 2, 3, 4, 5, -1, -2, -3, -4, -5], 2, 5);
    private static readonly ChainLayout Layout = ChainLayout.Halves(Draws);

    [Fact]
    public void Each_kind_maps_its_stretch_of_the_draws()
    {
        Assert.Equal([-4.0, -5.0], Read(new DrawSeries(Draws, Layout), 3));
        Assert.Equal([9.0, 16.0], Read(new SquaredDeviationSeries(Draws, Layout, 1.0), 1));
        Assert.Equal([5.0, 6.0], Read(new AbsoluteDeviationSeries(Draws, Layout, 1.0), 3));
        Assert.Equal([1.0, 0.0], Read(new IndicatorSeries(Draws, Layout, 4.0), 1));
    }

    [Fact]
    public void Indicators_pack_into_bits()
    {
        var bits = new ulong[IndicatorBits.Words(2)];
        Assert.Equal(1, new IndicatorSeries(Draws, Layout, 4.0).Pack(1, bits));
        Assert.Equal(1UL, bits[0]);
    }

    private static double[] Read(Series series, int index)
    {
        var values = new double[series.Layout.Length];
        series.Read(index, values);
        return values;
    }
}
