using Calibrate.Inference.Kernel;

namespace Calibrate.Inference.Tests.Kernel;

public unsafe class WideEnsembleTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LogPosteriorsHaveMemoryOfTheirOwnOnlyWithAJacobian(bool targetsArePosteriors)
    {
        WideLayout layout = new(32);
        PinnedMemory memory = new(7 * layout.Stride, 3);
        WideEnsemble ensemble = new(layout, 5, targetsArePosteriors, memory);
        Assert.Equal(targetsArePosteriors, ensemble.Targets == ensemble.LogPosteriors);
        Assert.True(ensemble.Targets >= ensemble.Positions + (5 * layout.Stride));
    }
}
