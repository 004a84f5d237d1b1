using Calibrate.Models.LogDensities;

namespace Calibrate.Models.Tests.LogDensities;

public class FunnelDefinitionTests() : DensityDefinitionTests(new FunnelDefinition())
{
    [Fact]
    public void Names_the_log_variance_first()
    {
        Assert.Equal(["v", "x1", "x2"], NamesOf(("dimension", 3)));
        Assert.Equal(10, Create().Dimension);
    }

    [Fact]
    public void Takes_a_scale() => Assert.Equal(
        DensityProbe.At(LogDensity.Funnel(2, 1.5), 1, 2), DensityProbe.At(Create(("dimension", 2), ("scale", 1.5)), 1, 2));

    [Fact]
    public void Refuses_options_out_of_range()
    {
        Refuses("dimension", ("dimension", 1));
        Refuses("scale", ("scale", 0));
    }
}
