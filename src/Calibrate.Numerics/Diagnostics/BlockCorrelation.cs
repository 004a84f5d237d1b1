using System.Numerics;

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
    private readonly int lags;
    private readonly int stretch;
    private readonly double[] real;
    private readonly double[] imaginary;
    private readonly double[] sumReal;
    private readonly double[] sumImaginary;

    /// <param name="lags">Number of lags wanted, from lag 0.</param>
    /// <param name="length">Length of the series to come.</param>
    public BlockCorrelation(int lags, int length)
    {
        this.lags = Math.Min(lags, length);

        // Four times the lags wastes a quarter of each block on the overlap; a larger block would leave the cache.
        var size = Math.Min(4L * this.lags, (long)length + this.lags);
        transform = new FourierTransform((int)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(size, 2)));
        stretch = transform.Size - this.lags;
        real = new double[transform.Size];
        imaginary = new double[transform.Size];
        sumReal = new double[transform.Size];
        sumImaginary = new double[transform.Size];
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
            AddCrossSpectrum();
        }
    }

    /// <summary>Writes S(t) for the lags from <paramref name="from"/> to the last one; what was added is used up.</summary>
    public void Finish(int from, Span<double> sums)
    {
        transform.Backward(sumReal, sumImaginary);
        for (var lag = from; lag < lags; lag++)
        {
            sums[lag] = sumReal[lag] / transform.Size;
        }
    }

    private static void Load(ReadOnlySpan<double> values, Span<double> destination)
    {
        values.CopyTo(destination);
        destination[values.Length..].Clear();
    }

    /// <summary>
    /// With z = a + i b, conj(A) B follows from Z at a frequency and at its opposite (a and b are real). In bit-reversed order the
    /// opposite frequencies are mirror images within each octave of positions.
    /// </summary>
    private void AddCrossSpectrum()
    {
        AddPair(0, 0);
        AddPair(1, 1);
        for (var octave = 2; octave < transform.Size; octave *= 2)
        {
            for (var (position, opposite) = (octave, (2 * octave) - 1); position < opposite; position++, opposite--)
            {
                AddPair(position, opposite);
            }
        }
    }

    private void AddPair(int position, int opposite)
    {
        var (pr, pi, qr, qi) = (real[position], imaginary[position], real[opposite], imaginary[opposite]);
        var (ar, ai) = (0.5 * (pr + qr), 0.5 * (pi - qi));
        var (br, bi) = (0.5 * (pi + qi), 0.5 * (qr - pr));
        var (cr, ci) = ((ar * br) + (ai * bi), (ar * bi) - (ai * br));
        sumReal[position] += cr;
        sumImaginary[position] += ci;
        if (opposite != position)
        {
            sumReal[opposite] += cr;
            sumImaginary[opposite] -= ci;
        }
    }
}
