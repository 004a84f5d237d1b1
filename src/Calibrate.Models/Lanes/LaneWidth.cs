using System.Runtime.Intrinsics;

namespace Calibrate.Models.Lanes;

/// <summary>How many points to run side by side. Never changes a result; tests force every width.</summary>
internal enum LaneWidth
{
    /// <summary>One.</summary>
    Scalar = 1,

    /// <summary>Four, and eight as two interleaved fours.</summary>
    Vector256 = 4,

    /// <summary>Eight, and sixteen as two interleaved eights.</summary>
    Vector512 = 8,
}

/// <summary>What this machine offers.</summary>
internal static class LaneWidths
{
    /// <summary>The widest form with hardware support.</summary>
    public static LaneWidth Widest => Vector512.IsHardwareAccelerated ? LaneWidth.Vector512
        : Vector256.IsHardwareAccelerated ? LaneWidth.Vector256
        : LaneWidth.Scalar;
}
