using System.Numerics;
using System.Runtime.Intrinsics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Sums of lagged products S(t) = Σᵢ xᵢ xᵢ₊ₜ of many series through their spectra, for many lags at once.
/// </summary>
/// <remarks>
/// Overlapping blocks (Rader, "An improved algorithm for high speed autocorrelation with applications to spectral estimation", IEEE
/// Trans. Audio Electroacoust. 18 (1970) 439): each stretch of a series is correlated with itself and the lags beyond its end, by
/// one complex transform that carries both as real and imaginary part. Spectra add up over blocks and series, so that there is one
/// backward transform in all, and memory follows the number of lags instead of the length of a series.
/// </remarks>
internal sealed class BlockCorrelation
{
    private readonly FourierTransform transform;
    private readonly double[] real;
    private readonly double[] imaginary;
    private readonly double[] powers;
    private readonly double[] products;
    private int lags;
    private int stretch;

    /// <param name="size">Length of a block, a power of two; see <see cref="SizeFor"/>.</param>
    public BlockCorrelation(int size)
    {
        transform = new FourierTransform(size);
        real = new double[transform.Size];
        imaginary = new double[transform.Size];
        powers = new double[transform.Size];
        products = new double[transform.Size];
    }

    /// <summary>Length of a block that suits a number of lags of series of a length.</summary>
    public static int SizeFor(int lags, int length)
    {
        // Four times the lags wastes a quarter of each block on the overlap; a larger block would leave the cache.
        var size = Math.Min(4L * lags, (long)length + lags);
        return (int)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(size, FourierTransform.MinimumSize));
    }

    /// <summary>Starts anew.</summary>
    /// <param name="wantedLags">Number of lags wanted, from lag 0; shorter than a block.</param>
    public void Start(int wantedLags)
    {
        lags = wantedLags;
        stretch = transform.Size - lags;
        Array.Clear(powers);
        Array.Clear(products);
    }

    /// <summary>Adds the lagged products of one series.</summary>
    /// <param name="series">Values, centred.</param>
    public void Add(ReadOnlySpan<double> series)
    {
        for (var start = 0; start < series.Length; start += stretch)
        {
            Load(series[start..Math.Min(series.Length, start + stretch)], real);
            Load(series[start..Math.Min(series.Length, start + transform.Size)], imaginary);
            transform.Forward(real, imaginary);
            AddSpectrum();
        }
    }

    /// <summary>Writes S(t) for the lags from <paramref name="from"/> to the last one.</summary>
    public void Finish(int from, Span<double> sums)
    {
        // conj(A) B = Im(Z Z') / 2 - i (|Z|² - |Z'|²) / 4, Z' being Z at the opposite frequency.
        foreach (var (position, opposite) in OppositeFrequencies())
        {
            real[position] = real[opposite] = 0.5 * products[position];
            imaginary[position] = 0.25 * (powers[opposite] - powers[position]);
            imaginary[opposite] = -imaginary[position];
        }

        transform.Backward(real, imaginary);
        for (var lag = from; lag < lags; lag++)
        {
            sums[lag] = real[lag] / transform.Size;
        }
    }

    private static void Load(ReadOnlySpan<double> values, Span<double> destination)
    {
        values.CopyTo(destination);
        destination[values.Length..].Clear();
    }

    /// <summary>
    /// With z = a + i b, a and b real, the cross spectrum conj(A) B follows from |Z|² and from Im(Z Z'), Z' being Z at the opposite
    /// frequency; so these are summed.
    /// </summary>
    private void AddSpectrum()
    {
        var (size, lanes) = ((nuint)powers.Length, (nuint)Vector512<double>.Count);
        for (nuint i = 0; i < size; i += lanes)
        {
            var (re, im) = (Vector512.LoadUnsafe(ref real[0], i), Vector512.LoadUnsafe(ref imaginary[0], i));
            (Vector512.LoadUnsafe(ref powers[0], i) + (re * re) + (im * im)).StoreUnsafe(ref powers[0], i);
        }

        products[0] += 2.0 * real[0] * imaginary[0];
        products[1] += 2.0 * real[1] * imaginary[1];
        for (var octave = 2; octave < transform.Size; octave *= 2)
        {
            var (opposite, half) = ((2 * octave) - 1, octave / 2);
            var sums = products.AsSpan(octave, half);
            var re = real.AsSpan(octave, half);
            var im = imaginary.AsSpan(octave, half);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += (re[i] * imaginary[opposite - i]) + (im[i] * real[opposite - i]);
            }
        }
    }

    /// <summary>
    /// Pairs of positions of opposite frequencies: in bit-reversed order they are mirror images within each octave of positions.
    /// </summary>
    private IEnumerable<(int Position, int Opposite)> OppositeFrequencies()
    {
        yield return (0, 0);
        yield return (1, 1);
        for (var octave = 2; octave < transform.Size; octave *= 2)
        {
            for (var (position, opposite) = (octave, (2 * octave) - 1); position < opposite; position++, opposite--)
            {
                yield return (position, opposite);
            }
        }
    }
}
