using Calibrate.Models.LogDensities;

namespace Calibrate.Models.Tests.LogDensities;

public class RosenbrockDefinitionTests() : DensityDefinitionTests(new RosenbrockDefinition())
{
    [Fact]
    public void Has_two_parameters_unless_told_otherwise()
    {
        Assert.Equal(["x1", "x2"], NamesOf());
        Assert.Equal(6, Create(("dimension", 6)).Dimension);
        Assert.Equal(-0.05, DensityProbe.At(Create(), 0, 0), 1e-15);
    }

    [Fact]
    public void Refuses_odd_dimensions()
    {
        Refuses("dimension", ("dimension", 3));
        Refuses("dimension", ("dimension", 0));
    }
}
