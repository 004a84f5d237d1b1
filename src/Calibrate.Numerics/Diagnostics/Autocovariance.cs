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
    /// <summary>The first lags cost less by their definition than a transform of everything (measured, see the benchmark).</summary>
    private const int DirectLags = 32;

    /// <summary>Bits multiply some ten times faster than doubles.</summary>
    private const int DirectLagsOfBits = 512;

    /// <summary>A transform covers at least this many times the lags known before.</summary>
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
        var (from, to) = (computed, DirectLags);
        var isDirect = lag < (series is IndicatorSeries ? DirectLagsOfBits : DirectLags);
        while (to <= lag)
        {
            to *= isDirect ? 2 : (int)Math.Min(Growth, 1 + (Length / to));
        }

        computed = Math.Min(Length, to);
        Array.Resize(ref sums, to);
        var correlation = isDirect ? null : scratch.Correlation(computed, Length);
        for (var i = 0; i < moments.Length; i++)
        {
            if (isDirect && series is IndicatorSeries indicator)
            {
                AddBits(indicator, i, from, to);
                continue;
            }

            var values = scratch.Values(Length);
            series.Read(first + i, values);
            moments[i] = SampleMoments.Of(values);
            Centre(values, moments[i]);
            if (correlation is null)
            {
                LaggedProducts.Add(values, from, to, sums);
            }
            else
            {
                correlation.Add(values);
            }
        }

        correlation?.Finish(from, sums);
    }

    private void AddBits(IndicatorSeries indicator, int index, int from, int to)
    {
        var bits = scratch.Bits(IndicatorBits.Words(Length));
        var ones = indicator.Pack(first + index, bits);
        moments[index] = new SampleMoments(Length, (double)ones / Length, (double)ones * (Length - ones) / Length);
        IndicatorBits.AddProducts(bits, Length, ones, from, to, sums);
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
