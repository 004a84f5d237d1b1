using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Calibrate.Numerics;

/// <content>
/// The exponential: x = k ln 2 + r with |r| at most ln(2)/2 and r kept in two parts (Cody and Waite, "Software manual for the
/// elementary functions", 1980, chapter 6), exp(r) by its Taylor series to degree 13 (remainder below 2^-57), and 2^k applied
/// in two exact factors so that results round once where they become subnormal. Error below 1 unit in the last place.
/// </content>
public static partial class Elementary
{
    private const double InverseLn2 = 1.44269504088896338700;

    /// <summary>1.5 * 2^52: adding it rounds to an integer, which stands in the low bits.</summary>
    private const double RoundingShift = 6755399441055744.0;

    /// <summary>From here on up the result is infinite.</summary>
    private const double ExpCeiling = 710;

    /// <summary>From here on down the result is zero.</summary>
    private const double ExpFloor = -746;

    private const double F13 = 1.0 / 6227020800;
    private const double F12 = 1.0 / 479001600;
    private const double F11 = 1.0 / 39916800;
    private const double F10 = 1.0 / 3628800;
    private const double F9 = 1.0 / 362880;
    private const double F8 = 1.0 / 40320;
    private const double F7 = 1.0 / 5040;
    private const double F6 = 1.0 / 720;
    private const double F5 = 1.0 / 120;
    private const double F4 = 1.0 / 24;
    private const double F3 = 1.0 / 6;

    /// <summary>e to the power <paramref name="x"/>; infinity above 709.78, zero below -745.13, NaN for NaN.</summary>
    public static double Exp(double x)
    {
        x = x > ExpCeiling ? ExpCeiling : x;
        x = x < ExpFloor ? ExpFloor : x;
        double rounded = Math.FusedMultiplyAdd(x, InverseLn2, RoundingShift);
        double k = rounded - RoundingShift;
        double high = x - (k * Ln2High);
        double low = k * Ln2Low;
        double r = high - low;
        double correction = (high - r) - low;
        double square = r * r;
        double series = Math.FusedMultiplyAdd(r, F13, F12);
        series = Math.FusedMultiplyAdd(r, series, F11);
        series = Math.FusedMultiplyAdd(r, series, F10);
        series = Math.FusedMultiplyAdd(r, series, F9);
        series = Math.FusedMultiplyAdd(r, series, F8);
        series = Math.FusedMultiplyAdd(r, series, F7);
        series = Math.FusedMultiplyAdd(r, series, F6);
        series = Math.FusedMultiplyAdd(r, series, F5);
        series = Math.FusedMultiplyAdd(r, series, F4);
        series = Math.FusedMultiplyAdd(r, series, F3);
        series = Math.FusedMultiplyAdd(r, series, 0.5);
        double y = 1 + (Math.FusedMultiplyAdd(square, series, correction) + r);
        long exponent = BitConverter.DoubleToInt64Bits(rounded) - BitConverter.DoubleToInt64Bits(RoundingShift);
        long half = exponent >> 1;
        return y * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    /// <summary><see cref="Exp(double)"/> of eight numbers, bit for bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        Vector512<double> ceiling = Vector512.Create(ExpCeiling);
        Vector512<double> floor = Vector512.Create(ExpFloor);
        Vector512<double> shift = Vector512.Create(RoundingShift);
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, ceiling), ceiling, x);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, floor), floor, x);
        Vector512<double> rounded = Vector512.FusedMultiplyAdd(x, Vector512.Create(InverseLn2), shift);
        Vector512<double> k = rounded - shift;
        Vector512<double> high = x - (k * Vector512.Create(Ln2High));
        Vector512<double> low = k * Vector512.Create(Ln2Low);
        Vector512<double> r = high - low;
        Vector512<double> correction = (high - r) - low;
        Vector512<double> square = r * r;
        Vector512<double> series = Vector512.FusedMultiplyAdd(r, Vector512.Create(F13), Vector512.Create(F12));
        series = Vector512.FusedMultiplyAdd(r, series, Vector512.Create(F11));
        series = Vector512.FusedMultiplyAdd(r, series, Vector512.Create(F10));
        series = Vector512.FusedMultiplyAdd(r, series, Vector512.Create(F9));
        series = Vector512.FusedMultiplyAdd(r, series, Vector512.Create(F8));
        series = Vector512.FusedMultiplyAdd(r, series, Vector512.Create(F7));
        series = Vector512.FusedMultiplyAdd(r, series, Vector512.Create(F6));
        series = Vector512.FusedMultiplyAdd(r, series, Vector512.Create(F5));
        series = Vector512.FusedMultiplyAdd(r, series, Vector512.Create(F4));
        series = Vector512.FusedMultiplyAdd(r, series, Vector512.Create(F3));
        series = Vector512.FusedMultiplyAdd(r, series, Vector512.Create(0.5));
        Vector512<double> y = Vector512<double>.One + (Vector512.FusedMultiplyAdd(square, series, correction) + r);
        Vector512<long> exponent = rounded.AsInt64() - shift.AsInt64();
        Vector512<long> half = Vector512.ShiftRightArithmetic(exponent, 1);
        return y * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    /// <summary>2^exponent for exponents of normal numbers.</summary>
    private static double PowerOfTwo(long exponent) => BitConverter.Int64BitsToDouble((exponent + 1023) << 52);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerOfTwo(Vector512<long> exponent) =>
        Vector512.ShiftLeft(exponent + Vector512.Create(1023L), 52).AsDouble();
}
