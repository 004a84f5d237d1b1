using System.Runtime.Intrinsics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>Maps a draw to an integer that sorts as the value to rank does.</summary>
internal interface IOrderedKey
{
    /// <summary>The key of a draw that is not NaN.</summary>
    ulong Of(double draw);

    /// <summary>The keys of eight draws.</summary>
    Vector512<ulong> Of(Vector512<double> draws);

    /// <summary>The value to rank behind a key.</summary>
    double Value(ulong key);
}

/// <summary>Ranks the draw itself: the bits of a double, negative ones turned over, sort as the doubles do.</summary>
internal readonly struct DrawKey : IOrderedKey
{
    private const ulong Sign = 1UL << 63;

    public ulong Of(double draw)
    {
        // Adding 0 turns -0 into +0, which must tie.
        var bits = BitConverter.DoubleToInt64Bits(draw + 0.0);
        return (ulong)bits ^ ((ulong)(bits >> 63) | Sign);
    }

    public Vector512<ulong> Of(Vector512<double> draws)
    {
        var bits = (draws + Vector512<double>.Zero).AsInt64();
        return bits.AsUInt64() ^ ((bits >> 63).AsUInt64() | Vector512.Create(Sign));
    }

    public double Value(ulong key) =>
        BitConverter.UInt64BitsToDouble((key & Sign) != 0 ? key ^ Sign : ~key);
}

/// <summary>Ranks the distance from a centre (folding, Vehtari et al. 2021, section 4.1); distances up to the nearest one tie.</summary>
internal readonly struct FoldedKey(double centre, double nearest) : IOrderedKey
{
    public ulong Of(double draw) => BitConverter.DoubleToUInt64Bits(Math.Max(nearest, Math.Abs(draw - centre)));

    public Vector512<ulong> Of(Vector512<double> draws) =>
        Vector512.Max(Vector512.Create(nearest), Vector512.Abs(draws - Vector512.Create(centre))).AsUInt64();

    public double Value(ulong key) => BitConverter.UInt64BitsToDouble(key);
}
