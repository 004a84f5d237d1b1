using Calibrate.Models.TwoLayer;

namespace Calibrate.Models.Tests.TwoLayer;

public class TwoLayerOutputsTests
{
    [Fact]
    public void All_wants_every_value()
    {
        TwoLayerOutputs outputs = TwoLayerOutputs.All(7);
        Assert.Equal(7, outputs.YearsToRun);
        Assert.True(outputs.Wants(TwoLayerOutputs.HeatContent, 6, out int row));
        Assert.Equal((2 * 7) + 6, row);
    }

    [Fact]
    public void Some_wants_what_was_named_and_runs_no_further()
    {
        TwoLayerOutputs outputs = TwoLayerOutputs.Some(7, new HashSet<int> { 2, 7 + 4 });
        Assert.Equal(5, outputs.YearsToRun);
        Assert.True(outputs.Wants(TwoLayerOutputs.SurfaceTemperature, 2, out _));
        Assert.True(outputs.Wants(TwoLayerOutputs.DeepTemperature, 4, out _));
        Assert.False(outputs.Wants(TwoLayerOutputs.SurfaceTemperature, 4, out _));
        Assert.False(outputs.Wants(TwoLayerOutputs.Imbalance, 2, out _));
    }

    [Fact]
    public void Nothing_wanted_runs_no_year() => Assert.Equal(0, TwoLayerOutputs.Some(7, new HashSet<int>()).YearsToRun);

    [Fact]
    public void Signatures_stand_in_the_order_of_their_numbers()
    {
        string[] names = [.. TwoLayerOutputs.Signatures([1, 2]).Select(s => s.Name)];
        Assert.Equal("surface_temperature", names[TwoLayerOutputs.SurfaceTemperature]);
        Assert.Equal("deep_temperature", names[TwoLayerOutputs.DeepTemperature]);
        Assert.Equal("heat_content", names[TwoLayerOutputs.HeatContent]);
        Assert.Equal("imbalance", names[TwoLayerOutputs.Imbalance]);
    }
}
