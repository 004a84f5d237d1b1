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
    private readonly double[] cosines;
    private readonly double[] sines;

    /// <param name="size">Number of points, a power of two, at least 2.</param>
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
        for (var half = Size / 2; half >= 1; half /= 2)
        {
            for (var start = 0; start < Size; start += 2 * half)
            {
                SplitFrequencies(real.Slice(start, 2 * half), imaginary.Slice(start, 2 * half), half);
            }
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
        var vectorised = half >= Vector512<double>.Count ? half : 0;
        ref var r0 = ref MemoryMarshal.GetReference(real);
        ref var i0 = ref MemoryMarshal.GetReference(imaginary);
        ref var r1 = ref Unsafe.Add(ref r0, half);
        ref var i1 = ref Unsafe.Add(ref i0, half);
        ref var cosine = ref cosines[half];
        ref var sine = ref sines[half];
        for (nuint j = 0; j < (nuint)vectorised; j += (nuint)Vector512<double>.Count)
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

        // Only the last three stages are shorter than a vector, and they are nothing else.
        for (var j = vectorised; j < half; j++)
        {
            var (dr, di) = (real[j] - real[half + j], imaginary[j] - imaginary[half + j]);
            real[j] += real[half + j];
            imaginary[j] += imaginary[half + j];
            real[half + j] = (dr * cosines[half + j]) - (di * sines[half + j]);
            imaginary[half + j] = (dr * sines[half + j]) + (di * cosines[half + j]);
        }
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
