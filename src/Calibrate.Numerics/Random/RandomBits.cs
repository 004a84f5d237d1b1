using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Calibrate.Numerics.Random;

/// <summary>How random words become numbers; every driver of every method uses exactly these mappings.</summary>
public static class RandomBits
{
    /// <summary>2^-52, the width of a cell.</summary>
    internal const double CellWidth = 1.0 / (1L << 52);

    /// <summary>2^-53, from the edge of a cell to its midpoint.</summary>
    internal const double HalfCell = CellWidth / 2;

    /// <summary>
    /// A uniform number in the open interval (0, 1): the midpoints of 2^52 equal cells, so that neither 0 nor 1 occurs,
    /// u and 1 - u are equally likely and every value is exact.
    /// </summary>
    /// <param name="w0">The word that gives the 32 leading bits.</param>
    /// <param name="w1">The word whose 20 high bits follow.</param>
    public static double Uniform(uint w0, uint w1)
    {
        ulong cell = (((ulong)w0 << 32) | w1) >> 12;
        return (cell * CellWidth) + HalfCell;
    }

    /// <summary>An index in [0, <paramref name="n"/>): the high half of the product word * n (Lemire 2019, without rejection).</summary>
    /// <remarks>The bias is below n / 2^32 relative: at most 3e-7 for a thousand walkers, far below any Monte Carlo error.</remarks>
    /// <param name="word">A random word.</param>
    /// <param name="n">Number of choices, at least 1.</param>
    public static int Index(uint word, int n) => (int)(((ulong)word * (uint)n) >> 32);

    /// <summary><see cref="Uniform(uint, uint)"/> of eight pairs of words, bit for bit; the high halves of the lanes must be zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Uniform(Vector512<ulong> w0, Vector512<ulong> w1)
    {
        // the cell number as the fraction of a number in [1, 2): one exact subtraction then gives the midpoint in (0, 1)
        Vector512<ulong> cell = Vector512.ShiftRightLogical(Vector512.ShiftLeft(w0, 32) | w1, 12);
        return (cell | Vector512<double>.One.AsUInt64()).AsDouble() - Vector512.Create(1 - HalfCell);
    }

    /// <summary><see cref="Index(uint, int)"/> of eight words; the high halves of the lanes must be zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Index(Vector512<ulong> word, int n) =>
        Vector512.ShiftRightLogical(PhiloxEight.MultiplyLow(word, Vector512.Create((ulong)n)), 32);
}
