using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class UniformTests : DistributionConformance
{
    private protected override string Family => "uniform";

    private protected override IDistribution[] Examples => [new Uniform(-1, 3), new Uniform(0, 1e-12), new Uniform(-1e300, 1e300)];

    [Fact]
    public void EndsInTheWrongOrderAreRefused() =>
        RequireRefusal(() => _ = new Uniform(3, 1), "uniform: lower must be below upper, found lower 3 and upper 1");

    [Fact]
    public void EqualEndsAreRefused() =>
        RequireRefusal(() => _ = new Uniform(2, 2), "uniform: lower must be below upper, found lower 2 and upper 2");

    [Fact]
    public void AnInfiniteEndIsRefused() =>
        RequireRefusal(() => _ = new Uniform(0, double.PositiveInfinity), "uniform: upper must be finite, found inf");

    [Fact]
    public void AWidthThatOverflowsIsRefused() =>
        RequireRefusal(() => _ = new Uniform(-1.5e308, 1.5e308), "uniform: upper - lower must be finite, found lower -1.5E+308 and upper 1.5E+308");
}
