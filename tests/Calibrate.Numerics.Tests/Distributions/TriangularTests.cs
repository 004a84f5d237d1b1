using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class TriangularTests : DistributionConformance
{
    private protected override string Family => "triangular";

    private protected override IDistribution[] Examples => [new Triangular(0, 2, 5), new Triangular(0, 0, 1), new Triangular(-3, 1, 1)];

    [Fact]
    public void AModeOutsideTheEndsIsRefused() =>
        RequireRefusal(() => _ = new Triangular(0, 7, 5), "triangular: mode must lie between lower 0 and upper 5, found 7");

    [Fact]
    public void EndsInTheWrongOrderAreRefused() =>
        RequireRefusal(() => _ = new Triangular(5, 2, 0), "triangular: lower must be below upper, found lower 5 and upper 0");

    [Fact]
    public void AModeAtAnEndPeaksThere()
    {
        Assert.Equal(Math.Log(2), new Triangular(0, 0, 1).LogDensity(0), 15);
        Assert.Equal(Math.Log(2), new Triangular(0, 1, 1).LogDensity(1), 15);
    }
}
