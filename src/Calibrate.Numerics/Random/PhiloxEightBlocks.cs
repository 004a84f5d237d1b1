using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Calibrate.Numerics.Random;

/// <summary>The blocks of eight walkers: a 32-bit word of each in the low half of its 64-bit lane.</summary>
/// <param name="W0">Words 0.</param>
/// <param name="W1">Words 1.</param>
/// <param name="W2">Words 2.</param>
/// <param name="W3">Words 3.</param>
public readonly record struct PhiloxEightBlocks(
    Vector512<ulong> W0, Vector512<ulong> W1, Vector512<ulong> W2, Vector512<ulong> W3)
{
    /// <summary>The uniforms in (0, 1) of words 0 and 1.</summary>
    public Vector512<double> Uniform01
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => RandomBits.Uniform(W0, W1);
    }

    /// <summary>The uniforms in (0, 1) of words 2 and 3.</summary>
    public Vector512<double> Uniform23
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => RandomBits.Uniform(W2, W3);
    }
}
