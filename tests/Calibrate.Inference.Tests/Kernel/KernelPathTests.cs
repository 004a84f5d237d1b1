using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Calibrate.Inference.Kernel;

namespace Calibrate.Inference.Tests.Kernel;

public class KernelPathTests
{
    [Fact]
    public void PreferredPathNeedsNothingThatIsMissing() => Assert.True(KernelPaths.Preferred switch
    {
        KernelPath.Registers => Avx512F.IsSupported,
        KernelPath.Memory => Vector256.IsHardwareAccelerated,
        _ => true,
    });
}
