using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Radix-2 fast Fourier transform of a fixed size, decimated in frequency forwards and in time backwards (Cooley and Tukey 1965;
/// Gentleman and Sande 1966): the spectrum stays in bit-reversed order, which correlation does not mind, so nothing is permuted.
/// Real and imaginary parts lie in arrays of their own, which vector instructions like. One thread.
/// </summary>
internal sealed class FourierTransform
{
    /// <summary>Smallest number of points: the last three stages are done eight points at a time.</summary>
    public const int MinimumSize = 8;

    private static readonly double RootOfHalf = Math.Sqrt(0.5);

    private readonly double[] cosines;
    private readonly double[] sines;

    /// <param name="size">Number of points, a power of two, at least <see cref="MinimumSize"/>.</param>
    public FourierTransform(int size)
    {
        Size = size;
        cosines = new double[size];
        sines = new double[size];

        // The factors exp(-i π j / half) of the stage that pairs points `half` apart lie at [half, 2 half).
        for (var half = 1; half < size; half *= 2)
        {
            for (var j = 0; j < half; j++)
            {
                (var sine, cosines[half + j]) = Math.SinCos(Math.PI * j / half);
                sines[half + j] = -sine;
            }
        }
    }

    /// <summary>Number of points.</summary>
    public int Size { get; }

    /// <summary>Transforms in place; natural order in, bit-reversed order out.</summary>
    public void Forward(Span<double> real, Span<double> imaginary)
    {
        for (var half = Size / 2; half >= MinimumSize; half /= 2)
        {
            for (var start = 0; start < Size; start += 2 * half)
            {
                SplitFrequencies(real.Slice(start, 2 * half), imaginary.Slice(start, 2 * half), half);
            }
        }

        for (var start = 0; start < Size; start += MinimumSize)
        {
            TransformEight(real.Slice(start, MinimumSize), imaginary.Slice(start, MinimumSize));
        }
    }

    /// <summary>Transforms back in place, not divided by <see cref="Size"/>; bit-reversed order in, natural order out.</summary>
    public void Backward(Span<double> real, Span<double> imaginary)
    {
        for (var half = 1; half < Size; half *= 2)
        {
            for (var start = 0; start < Size; start += 2 * half)
            {
                JoinFrequencies(real.Slice(start, 2 * half), imaginary.Slice(start, 2 * half), half);
            }
        }
    }

    private void SplitFrequencies(Span<double> real, Span<double> imaginary, int half)
    {
        ref var r0 = ref MemoryMarshal.GetReference(real);
        ref var i0 = ref MemoryMarshal.GetReference(imaginary);
        ref var r1 = ref Unsafe.Add(ref r0, half);
        ref var i1 = ref Unsafe.Add(ref i0, half);
        ref var cosine = ref cosines[half];
        ref var sine = ref sines[half];
        for (nuint j = 0; j < (nuint)half; j += (nuint)Vector512<double>.Count)
        {
            var (ar, ai) = (Vector512.LoadUnsafe(ref r0, j), Vector512.LoadUnsafe(ref i0, j));
            var (br, bi) = (Vector512.LoadUnsafe(ref r1, j), Vector512.LoadUnsafe(ref i1, j));
            var (c, s) = (Vector512.LoadUnsafe(ref cosine, j), Vector512.LoadUnsafe(ref sine, j));
            var (dr, di) = (ar - br, ai - bi);
            (ar + br).StoreUnsafe(ref r0, j);
            (ai + bi).StoreUnsafe(ref i0, j);
            ((dr * c) - (di * s)).StoreUnsafe(ref r1, j);
            ((dr * s) + (di * c)).StoreUnsafe(ref i1, j);
        }
    }

    /// <summary>The last three stages, of points 4, 2 and 1 apart, kept in registers.</summary>
    private static void TransformEight(Span<double> real, Span<double> imaginary)
    {
        ref var re = ref MemoryMarshal.GetReference(real);
        ref var im = ref MemoryMarshal.GetReference(imaginary);
        var (r0, i0, r4, i4) = (re + Unsafe.Add(ref re, 4), im + Unsafe.Add(ref im, 4), re - Unsafe.Add(ref re, 4), im - Unsafe.Add(ref im, 4));
        var (r1, i1) = (Unsafe.Add(ref re, 1) + Unsafe.Add(ref re, 5), Unsafe.Add(ref im, 1) + Unsafe.Add(ref im, 5));
        var (d1, e1) = (Unsafe.Add(ref re, 1) - Unsafe.Add(ref re, 5), Unsafe.Add(ref im, 1) - Unsafe.Add(ref im, 5));
        var (r2, i2) = (Unsafe.Add(ref re, 2) + Unsafe.Add(ref re, 6), Unsafe.Add(ref im, 2) + Unsafe.Add(ref im, 6));
        var (d2, e2) = (Unsafe.Add(ref re, 2) - Unsafe.Add(ref re, 6), Unsafe.Add(ref im, 2) - Unsafe.Add(ref im, 6));
        var (r3, i3) = (Unsafe.Add(ref re, 3) + Unsafe.Add(ref re, 7), Unsafe.Add(ref im, 3) + Unsafe.Add(ref im, 7));
        var (d3, e3) = (Unsafe.Add(ref re, 3) - Unsafe.Add(ref re, 7), Unsafe.Add(ref im, 3) - Unsafe.Add(ref im, 7));

        // Times exp(-i π j / 4): (1 - i) √½, -i and (-1 - i) √½.
        var (r5, i5) = (RootOfHalf * (d1 + e1), RootOfHalf * (e1 - d1));
        var (r6, i6) = (e2, -d2);
        var (r7, i7) = (RootOfHalf * (e3 - d3), -RootOfHalf * (d3 + e3));
        TransformFour(ref re, ref im, r0, i0, r1, i1, r2, i2, r3, i3);
        TransformFour(ref Unsafe.Add(ref re, 4), ref Unsafe.Add(ref im, 4), r4, i4, r5, i5, r6, i6, r7, i7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformFour(
        ref double re, ref double im, double r0, double i0, double r1, double i1, double r2, double i2, double r3, double i3)
    {
        var (a0, b0, a2, b2) = (r0 + r2, i0 + i2, r0 - r2, i0 - i2);
        var (a1, b1) = (r1 + r3, i1 + i3);

        // Times exp(-i π / 2) = -i.
        var (a3, b3) = (i1 - i3, r3 - r1);
        re = a0 + a1;
        im = b0 + b1;
        Unsafe.Add(ref re, 1) = a0 - a1;
        Unsafe.Add(ref im, 1) = b0 - b1;
        Unsafe.Add(ref re, 2) = a2 + a3;
        Unsafe.Add(ref im, 2) = b2 + b3;
        Unsafe.Add(ref re, 3) = a2 - a3;
        Unsafe.Add(ref im, 3) = b2 - b3;
    }

    private void JoinFrequencies(Span<double> real, Span<double> imaginary, int half)
    {
        for (var j = 0; j < half; j++)
        {
            var (c, s) = (cosines[half + j], sines[half + j]);
            var r = (real[half + j] * c) + (imaginary[half + j] * s);
            var i = (imaginary[half + j] * c) - (real[half + j] * s);
            (real[j], real[half + j]) = (real[j] + r, real[j] - r);
            (imaginary[j], imaginary[half + j]) = (imaginary[j] + i, imaginary[j] - i);
        }
    }
}
