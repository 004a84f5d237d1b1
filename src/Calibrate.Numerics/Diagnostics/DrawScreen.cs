using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>First look at all draws of a parameter: moments, and whether a NaN or an infinity forbids the rest.</summary>
/// <param name="Moments">Mean and variance of all draws.</param>
/// <param name="HasNaN">Whether a draw is NaN: then nothing can be said.</param>
/// <param name="HasInfinity">Whether a draw is infinite: then only what follows from ranks can be said.</param>
internal readonly record struct DrawScreen(SampleMoments Moments, bool HasNaN, bool HasInfinity)
{
    /// <summary>Whether every draw is finite.</summary>
    public bool IsFinite => !HasNaN && !HasInfinity;

    public static DrawScreen Of(DrawMatrix draws)
    {
        var moments = default(SampleMoments);
        for (var chain = 0; chain < draws.Chains; chain++)
        {
            moments = moments.Merge(SampleMoments.Of(draws.Chain(chain)));
        }

        var (nan, infinity) = (false, false);
        if (!double.IsFinite(moments.Mean))
        {
            var sum = 0.0;
            foreach (var draw in draws.All)
            {
                sum += draw;
                nan |= double.IsNaN(draw);
                infinity |= double.IsInfinity(draw);
            }

            moments = moments with { Mean = sum / draws.Count };
        }

        return new DrawScreen(moments, nan, infinity);
    }

    /// <summary>Mean fourth power of the deviations from a centre.</summary>
    public static double FourthMoment(DrawMatrix draws, double centre)
    {
        var total = 0.0;
        for (var chain = 0; chain < draws.Chains; chain++)
        {
            total += SumOfFourthPowers(draws.Chain(chain), centre);
        }

        return total / draws.Count;
    }

    private static double SumOfFourthPowers(ReadOnlySpan<double> values, double centre)
    {
        var lanes = MemoryMarshal.Cast<double, Vector512<double>>(values);
        var centres = Vector512.Create(centre);
        var sums = Vector512<double>.Zero;
        foreach (var lane in lanes)
        {
            var squares = (lane - centres) * (lane - centres);
            sums += squares * squares;
        }

        var sum = Vector512.Sum(sums);
        foreach (var value in values[(lanes.Length * Vector512<double>.Count)..])
        {
            var square = (value - centre) * (value - centre);
            sum += square * square;
        }

        return sum;
    }
}
