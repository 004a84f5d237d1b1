using System.Runtime.InteropServices;
using Calibrate.Models.LogDensities;
using Calibrate.Numerics;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Benchmarks.Scheduling;

/// <summary>
/// A Gaussian whose evaluation sleeps, log-normally distributed, for a time that is a function of the point: whoever evaluates it, in whatever
/// order, it takes as long. Sleeping slots need no processor, so that many of them fit on two cores.
/// </summary>
/// <param name="medianSeconds">Median of the evaluation time.</param>
/// <param name="sigma">Standard deviation of its logarithm.</param>
internal sealed class SleepingDensity(double medianSeconds, double sigma) : ILogDensityFactory
{
    public const int Dimension = 4;

    /// <summary>Mean of the evaluation time: median exp(sigma^2 / 2).</summary>
    public double MeanSeconds => medianSeconds * Math.Exp(sigma * sigma / 2);

    public ILogDensity Create() => new Sleeper(this);

    private double SecondsAt(ReadOnlySpan<double> point)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in point)
        {
            hash = (hash ^ BitConverter.DoubleToUInt64Bits(value)) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 32;
        }

        var uniform = ((hash >> 12) * (1.0 / (1UL << 52))) + (0.5 / (1UL << 52));
        return medianSeconds * Math.Exp(sigma * NormalQuantile.Of(uniform));
    }

    private sealed class Sleeper(SleepingDensity settings) : ILogDensity
    {
        private readonly ILogDensity gaussian = LogDensity.IndependentGaussian(new double[Dimension], [1, 2, 3, 4]);
        private readonly double[] point = new double[Dimension];

        int ILogDensity.Dimension => Dimension;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
        {
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < Dimension; j++)
                {
                    point[j] = points[(j * count) + i];
                }

                var nanoseconds = (long)(settings.SecondsAt(point) * 1e9);
                var time = new TimeSpec { Seconds = nanoseconds / 1_000_000_000, Nanoseconds = nanoseconds % 1_000_000_000 };
                _ = NanoSleep(in time, 0);
            }

            gaussian.Evaluate(count, points, logDensities);
        }
    }

    // Thread.Sleep rounds to milliseconds, a fifth of the median.
    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NanoSleep(in TimeSpec time, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
