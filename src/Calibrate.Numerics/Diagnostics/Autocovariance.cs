using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// The autocovariance of several series, averaged over them, computed lag by lag as far as it is asked for: short lags by their
/// definition, long ones through the Fourier transform.
/// </summary>
/// <remarks>
/// The biased estimate Σᵢ (xᵢ - x̄)(xᵢ₊ₜ - x̄) / n that Geyer, "Practical Markov chain Monte Carlo", Statistical Science 7 (1992) 473,
/// section 3.1, recommends. Series are produced one at a time, and again for every extension.
/// </remarks>
internal sealed class Autocovariance
{
    /// <summary>Up to here a lag costs less by its definition than a transform of everything (measured, see the benchmark).</summary>
    private const int DirectEnd = 256;

    /// <summary>Bits multiply some six times faster than doubles.</summary>
    private const int DirectEndOfBits = 4096;

    private const int FirstDirectEnd = 64;
    private const int Growth = 8;

    private readonly Series series;
    private readonly int first;
    private readonly bool normalise;
    private readonly DiagnosticScratch scratch;
    private readonly SampleMoments[] moments;
    private double[] sums = [];
    private int computed;

    /// <param name="series">The series.</param>
    /// <param name="first">Index of the first series to average.</param>
    /// <param name="count">Number of series to average.</param>
    /// <param name="scratch">Work space.</param>
    /// <param name="normalise">Whether to divide each series by its standard deviation first: autocorrelations.</param>
    /// <param name="expectedLags">How many lags will probably be wanted; a guess that saves reading the series again.</param>
    public Autocovariance(Series series, int first, int count, DiagnosticScratch scratch, bool normalise = false, int expectedLags = 0)
    {
        this.series = series;
        this.first = first;
        this.normalise = normalise;
        this.scratch = scratch;
        moments = new SampleMoments[count];
        Extend(expectedLags);
    }

    /// <summary>Draws per series.</summary>
    public int Length => series.Layout.Length;

    /// <summary>Mean and variance of every series.</summary>
    public ReadOnlySpan<SampleMoments> Moments => moments;

    /// <summary>Average autocovariance at a lag below <see cref="Length"/>.</summary>
    public double this[int lag]
    {
        get
        {
            if (lag >= computed)
            {
                Extend(lag);
            }

            return sums[lag] / Length / moments.Length;
        }
    }

    private void Extend(int lag)
    {
        var directLimit = series is IndicatorSeries ? DirectEndOfBits : DirectEnd;
        var from = computed;
        var direct = FirstDirectEnd;
        while (direct <= lag && direct < directLimit)
        {
            direct *= 2;
        }

        var transformed = direct;
        while (transformed <= lag)
        {
            transformed = (int)Math.Min(Length, (long)transformed * Growth);
            if (transformed == Length)
            {
                break;
            }
        }

        computed = Math.Min(Length, Math.Max(direct, transformed));
        Array.Resize(ref sums, Math.Max(computed, direct));
        var correlation = computed > direct ? new BlockCorrelation(computed, Length) : null;
        for (var i = 0; i < moments.Length; i++)
        {
            AddSeries(i, from, direct, correlation);
        }

        correlation?.Finish(Math.Max(from, direct), sums);
    }

    private void AddSeries(int index, int from, int direct, BlockCorrelation? correlation)
    {
        if (series is IndicatorSeries indicator && from < direct)
        {
            var bits = scratch.Bits(IndicatorBits.Words(Length));
            var ones = indicator.Pack(first + index, bits);
            moments[index] = new SampleMoments(Length, (double)ones / Length, (double)ones * (Length - ones) / Length);
            IndicatorBits.AddProducts(bits, Length, ones, from, direct, sums);
            from = direct;
        }

        if (from >= direct && correlation is null)
        {
            return;
        }

        var values = scratch.Values(Length);
        series.Read(first + index, values);
        moments[index] = SampleMoments.Of(values);
        Centre(values, moments[index]);
        LaggedProducts.Add(values, from, direct, sums);
        correlation?.Add(values);
    }

    private void Centre(Span<double> values, SampleMoments moment)
    {
        // A series that never moved has no autocorrelation: 0 / 0 is NaN, as it should be.
        var scale = normalise ? Math.Sqrt(Length / moment.SquaredDeviations) : 1.0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] - moment.Mean) * scale;
        }
    }
}
