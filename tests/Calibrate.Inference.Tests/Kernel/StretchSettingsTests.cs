using Calibrate.Inference.Kernel;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Kernel;

public class StretchSettingsTests
{
    [Theory]
    [InlineData(2, 2.0)]
    [InlineData(7, 2.0)]
    [InlineData(8, 1.0)]
    [InlineData(8, double.NaN)]
    [InlineData(8, double.PositiveInfinity)]
    public void WhatCannotBeSampledIsRefused(int walkers, double scale) =>
        Assert.ThrowsAny<ArgumentException>(() => new StretchKernel(new StretchSettings(default, 0, walkers, new UnboundedSpace(2), Scale: scale)));

    [Fact]
    public void NegativeEnsembleIsRefused() =>
        Assert.ThrowsAny<ArgumentException>(() => new StretchKernel(new StretchSettings(default, -1, 8, new UnboundedSpace(2))));
}
