using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Calibrate.Numerics.Statistics;

/// <summary>Count, mean and sum of squared deviations of a sample; two of them merge into that of both samples together.</summary>
/// <remarks>
/// The corrected two-pass algorithm of Chan, Golub and LeVeque, "Algorithms for computing the sample variance", The American
/// Statistician 37 (1983) 242, eq. 1.7, on values shifted by the first one: a constant sample has a variance of exactly 0, and a
/// large common offset costs no digits. Sums run in eight lanes whatever the hardware, so results do not depend on its vector width.
/// </remarks>
/// <param name="Count">Number of values.</param>
/// <param name="Mean">Arithmetic mean, 0 for an empty sample.</param>
/// <param name="SquaredDeviations">Sum of squared deviations from the mean.</param>
public readonly record struct SampleMoments(long Count, double Mean, double SquaredDeviations)
{
    /// <summary>Unbiased variance, divisor n - 1; NaN for fewer than two values.</summary>
    public double Variance => Count < 2 ? double.NaN : SquaredDeviations / (Count - 1);

    /// <summary>Square root of <see cref="Variance"/>.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>Moments of a sample; one that holds a NaN or an infinity has no variance, and a mean that is NaN or infinite.</summary>
    /// <param name="sample">Values in any order.</param>
    public static SampleMoments Of(ReadOnlySpan<double> sample)
    {
        if (sample.IsEmpty)
        {
            return default;
        }

        var mean = sample[0] + (SumOfDeviations(sample, sample[0]) / sample.Length);
        if (!double.IsFinite(mean))
        {
            return new SampleMoments(sample.Length, SumOfDeviations(sample, 0.0), double.NaN);
        }

        var (sum, squares) = SumsOfDeviations(sample, mean);

        // The sum of deviations is 0 up to rounding; what is left of it corrects the squares.
        return new SampleMoments(sample.Length, mean, Math.Max(0.0, squares - (sum * sum / sample.Length)));
    }

    /// <summary>Moments of the union of two samples (Chan, Golub and LeVeque 1983, eq. 2.1).</summary>
    /// <param name="other">Moments of the other sample.</param>
    public SampleMoments Merge(SampleMoments other)
    {
        if (Count == 0)
        {
            return other;
        }

        if (other.Count == 0)
        {
            return this;
        }

        var count = Count + other.Count;
        var difference = other.Mean - Mean;
        return new SampleMoments(
            count,
            Mean + (difference * other.Count / count),
            SquaredDeviations + other.SquaredDeviations + (difference * difference * Count * other.Count / count));
    }

    /// <summary>Moments with one more value: the running form, exact to rounding whatever the order of magnitude.</summary>
    /// <remarks>
    /// Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4 (1962) 419.
    /// </remarks>
    /// <param name="value">The value to include.</param>
    public SampleMoments Including(double value)
    {
        var count = Count + 1;
        var deviation = value - Mean;
        var mean = Mean + (deviation / count);
        return new SampleMoments(count, mean, SquaredDeviations + (deviation * (value - mean)));
    }

    private static double SumOfDeviations(ReadOnlySpan<double> sample, double centre)
    {
        var lanes = MemoryMarshal.Cast<double, Vector512<double>>(sample);
        var centres = Vector512.Create(centre);
        var sums = Vector512<double>.Zero;
        foreach (var lane in lanes)
        {
            sums += lane - centres;
        }

        var sum = Vector512.Sum(sums);
        foreach (var value in sample[(lanes.Length * Vector512<double>.Count)..])
        {
            sum += value - centre;
        }

        return sum;
    }

    private static (double Sum, double Squares) SumsOfDeviations(ReadOnlySpan<double> sample, double centre)
    {
        var lanes = MemoryMarshal.Cast<double, Vector512<double>>(sample);
        var centres = Vector512.Create(centre);
        var sums = Vector512<double>.Zero;
        var squaredSums = Vector512<double>.Zero;
        foreach (var lane in lanes)
        {
            var deviations = lane - centres;
            sums += deviations;
            squaredSums += deviations * deviations;
        }

        var (sum, squares) = (Vector512.Sum(sums), Vector512.Sum(squaredSums));
        foreach (var value in sample[(lanes.Length * Vector512<double>.Count)..])
        {
            var deviation = value - centre;
            sum += deviation;
            squares += deviation * deviation;
        }

        return (sum, squares);
    }
}
