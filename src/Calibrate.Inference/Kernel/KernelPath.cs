using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Calibrate.Inference.Kernel;

/// <summary>How the kernel computes. Every path samples the same chain to the last bit.</summary>
internal enum KernelPath
{
    /// <summary>Walker by walker, straight from the formulas: the reference, and what runs without wide vectors.</summary>
    Plain,

    /// <summary>Eight walkers at a time, reading helpers from memory.</summary>
    Memory,

    /// <summary>Eight walkers at a time, reading helpers from registers where an ensemble is small enough.</summary>
    Registers,
}

/// <summary>Chooses the path for this machine.</summary>
internal static class KernelPaths
{
    /// <summary>The fastest path that the hardware has instructions for.</summary>
    public static KernelPath Preferred => Avx512F.IsSupported ? KernelPath.Registers
        : Vector256.IsHardwareAccelerated ? KernelPath.Memory
        : KernelPath.Plain;
}
