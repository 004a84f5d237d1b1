using Calibrate.Models.LogDensities;

namespace Calibrate.Models.Tests.LogDensities;

public class BimodalDefinitionTests() : DensityDefinitionTests(new BimodalDefinition())
{
    [Fact]
    public void Has_two_equal_modes_unless_told_otherwise()
    {
        Assert.Equal(["x1", "x2"], NamesOf());
        Assert.Equal(DensityProbe.At(LogDensity.Bimodal(2, 6), 1, 2), DensityProbe.At(Create(), 1, 2));
    }

    [Fact]
    public void Takes_separation_and_weight() => Assert.Equal(
        DensityProbe.At(LogDensity.Bimodal(1, 4, 0.2), 1),
        DensityProbe.At(Create(("dimension", 1), ("separation", 4), ("weight", 0.2)), 1));

    [Fact]
    public void Refuses_options_out_of_range()
    {
        Refuses("dimension", ("dimension", 0));
        Refuses("separation", ("separation", -1));
        Refuses("weight", ("weight", 1));
    }
}
