using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Calibrate.Numerics;

/// <summary>
/// Elementary functions of the samplers: built from correctly rounded operations alone, so that a chain does not depend
/// on the platform's mathematics library, and the same to the last bit one by one and eight at a time.
/// </summary>
/// <remarks>
/// The logarithm is fdlibm's (Sun Microsystems 1993, e_log.c): x = 2^k m with m in [sqrt(1/2), sqrt(2)), f = m - 1,
/// s = f / (2 + f), log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)), where R is a minimax polynomial with error below 2^-58.45,
/// and ln 2 is split in two so that k times the high part is exact. The polynomial is evaluated with fused
/// multiply-adds. Error below 1 unit in the last place.
/// </remarks>
public static partial class Elementary
{
    private const double R1 = 6.666666666666735130e-01;
    private const double R2 = 3.999999999940941908e-01;
    private const double R3 = 2.857142874366239149e-01;
    private const double R4 = 2.222219843214978396e-01;
    private const double R5 = 1.818357216161805012e-01;
    private const double R6 = 1.531383769920937332e-01;
    private const double R7 = 1.479819860511658591e-01;

    /// <summary>ln 2 with its low 32 bits cleared: its product with an exponent is exact.</summary>
    private const double Ln2High = 6.93147180369123816490e-01;

    /// <summary>ln 2 less <see cref="Ln2High"/>.</summary>
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Bits of about sqrt(1/2): subtracting them leaves k in the exponent field.</summary>
    private const ulong SquareRootOfHalfBits = 0x3FE6A09E00000000;

    private const ulong ExponentMask = 0xFFF0000000000000;
    private const ulong SmallestNormalBits = 0x0010000000000000;
    private const ulong InfinityBits = 0x7FF0000000000000;
    private const double TwoTo54 = 1L << 54;

    /// <summary>Natural logarithm; negative infinity at zero, NaN below it and for NaN.</summary>
    /// <param name="x">Any number, subnormal ones included.</param>
    public static double Log(double x)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        if (bits - SmallestNormalBits < InfinityBits - SmallestNormalBits)
        {
            return LogOfNormal(bits, 0);
        }

        if (x == 0)
        {
            return double.NegativeInfinity;
        }

        if (x < 0)
        {
            return double.NaN;
        }

        return double.IsFinite(x) ? LogOfNormal(BitConverter.DoubleToUInt64Bits(x * TwoTo54), -54) : x;
    }

    /// <summary><see cref="Log(double)"/> of eight numbers, bit for bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        Vector512<ulong> bits = x.AsUInt64();
        Vector512<ulong> special = Vector512.GreaterThanOrEqual(
            bits - Vector512.Create(SmallestNormalBits), Vector512.Create(InfinityBits - SmallestNormalBits));
        return special == Vector512<ulong>.Zero ? LogOfNormal(bits) : LogLaneByLane(x);
    }

    private static double LogOfNormal(ulong bits, long exponentOffset)
    {
        ulong shifted = bits - SquareRootOfHalfBits;
        double k = ((long)shifted >> 52) + exponentOffset;
        double f = BitConverter.UInt64BitsToDouble(bits - (shifted & ExponentMask)) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double even = w * Math.FusedMultiplyAdd(w, Math.FusedMultiplyAdd(w, R6, R4), R2);
        double odd = z * Math.FusedMultiplyAdd(w, Math.FusedMultiplyAdd(w, Math.FusedMultiplyAdd(w, R7, R5), R3), R1);
        double halfSquare = 0.5 * f * f;
        double low = Math.FusedMultiplyAdd(s, halfSquare + (odd + even), k * Ln2Low);
        return (low - halfSquare + f) + (k * Ln2High);
    }

    /// <summary>The same operations in the same order as the scalar form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogOfNormal(Vector512<ulong> bits)
    {
        Vector512<ulong> shifted = bits - Vector512.Create(SquareRootOfHalfBits);
        Vector512<double> k = Vector512.ConvertToDouble(Vector512.ShiftRightArithmetic(shifted.AsInt64(), 52));
        Vector512<double> f = (bits - (shifted & Vector512.Create(ExponentMask))).AsDouble() - Vector512<double>.One;
        Vector512<double> s = f / (Vector512.Create(2.0) + f);
        Vector512<double> z = s * s;
        Vector512<double> w = z * z;
        Vector512<double> even = Vector512.FusedMultiplyAdd(w, Vector512.Create(R6), Vector512.Create(R4));
        even = w * Vector512.FusedMultiplyAdd(w, even, Vector512.Create(R2));
        Vector512<double> odd = Vector512.FusedMultiplyAdd(w, Vector512.Create(R7), Vector512.Create(R5));
        odd = Vector512.FusedMultiplyAdd(w, odd, Vector512.Create(R3));
        odd = z * Vector512.FusedMultiplyAdd(w, odd, Vector512.Create(R1));
        Vector512<double> halfSquare = Vector512.Create(0.5) * f * f;
        Vector512<double> low = Vector512.FusedMultiplyAdd(s, halfSquare + (odd + even), k * Vector512.Create(Ln2Low));
        return (low - halfSquare + f) + (k * Vector512.Create(Ln2High));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<double> LogLaneByLane(Vector512<double> x)
    {
        Vector512<double> result = x;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            result = result.WithElement(lane, Log(x.GetElement(lane)));
        }

        return result;
    }
}
