namespace Calibrate.Inference.Kernel;

/// <summary>
/// How the wide stepper lays an ensemble out: in rows of <see cref="Stride"/>, either in walker order, or in split order, the first split
/// from 0 and the second from <see cref="HalfRoom"/>, both in ascending walker order. Lanes without a walker are
/// computed along and never looked at.
/// </summary>
internal readonly record struct WideLayout
{
    /// <summary>Lanes of a vector.</summary>
    public const int Lanes = 8;

    /// <summary>Rows no longer than this are looked up in registers.</summary>
    public const int LongestTable = 64;

    public WideLayout(int walkers)
    {
        Walkers = walkers;
        Half = walkers / 2;
        HalfRoom = Half switch
        {
            <= 8 => 8,
            <= 16 => 16,
            <= 32 => 32,
            _ => RoundUp(Half),
        };
    }

    /// <summary>Number of walkers.</summary>
    public int Walkers { get; }

    /// <summary>Walkers per split.</summary>
    public int Half { get; }

    /// <summary>Room for one split in a row.</summary>
    public int HalfRoom { get; }

    /// <summary>Length of a row.</summary>
    public int Stride => 2 * HalfRoom;

    /// <summary>Length of the part of a row in walker order that holds walkers, in whole vectors.</summary>
    public int WalkerLanes => RoundUp(Walkers);

    /// <summary>The same of one split.</summary>
    public int HalfLanes => RoundUp(Half);

    private static int RoundUp(int count) => (count + Lanes - 1) / Lanes * Lanes;
}
