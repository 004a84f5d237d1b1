using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class LogUniformTests : DistributionConformance
{
    private protected override string Family => "log_uniform";

    private protected override IDistribution[] Examples => [new LogUniform(1e-3, 10), new LogUniform(1, 1.0001), new LogUniform(1e-300, 1e300)];

    [Fact]
    public void ALowerEndOfZeroIsRefused() =>
        RequireRefusal(() => _ = new LogUniform(0, 1), "log_uniform: lower must be positive and finite, found 0");

    [Fact]
    public void EndsInTheWrongOrderAreRefused() =>
        RequireRefusal(() => _ = new LogUniform(10, 1), "log_uniform: lower must be below upper, found lower 10 and upper 1");
}
