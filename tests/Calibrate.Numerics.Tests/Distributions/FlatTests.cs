using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class FlatTests
{
    [Fact]
    public void TheLogDensityIsZeroEverywhere()
    {
        var flat = new Flat();
        Assert.All(new[] { -1e300, 0, 3.5 }, x => Assert.Equal(0, flat.LogDensity(x)));
        Assert.True(double.IsNaN(flat.LogDensity(double.NaN)));
        Assert.Equal("flat", flat.ToString());
    }

    [Fact]
    public void BoundedOnOneSideItStaysImproper()
    {
        IDistribution flat = Truncated.Of(new Flat(), 0, double.PositiveInfinity);
        Assert.Equal((0, double.NegativeInfinity), (flat.LogDensity(7), flat.LogDensity(-1e-9)));
        Assert.IsType<Flat>(flat);
    }

    [Fact]
    public void WhatNeedsAProperDistributionIsRefusedWithTheWayOut()
    {
        IDistribution flat = new Flat();
        Action[] improper =
        [
            () => flat.Cdf(0), () => flat.Quantile(0.5), () => flat.UpperQuantile(0.5), () => flat.LogCdf(0), () => flat.LogSurvival(0),
            () => flat.Sample(0.5),
        ];
        Assert.All(improper, call => Assert.StartsWith(
            "flat: an improper density has no cdf", Assert.Throws<InvalidOperationException>(call).Message, StringComparison.Ordinal));
        Assert.True(double.IsNaN(flat.Mean) && double.IsNaN(flat.StandardDeviation));
    }
}
