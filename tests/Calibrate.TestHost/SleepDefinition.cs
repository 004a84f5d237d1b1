using System.Runtime.InteropServices;
using Calibrate.Numerics;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.TestHost;

/// <summary>
/// <c>sleep</c>: takes time without using a processor, to the millisecond: as long for every point, or log-normally distributed over points by a
/// hash of their parameters.
/// </summary>
internal sealed class SleepDefinition : IModelDefinition
{
    public static readonly ModelOption[] TimeOptions =
    [
        new("milliseconds", OptionKind.Number, "Median time of an evaluation; 0 when not given."),
        new("sigma", OptionKind.Number, "Standard deviation of the log of the time; 0 when not given."),
    ];

    public string Name => "sleep";

    public int Version => 1;

    public string Description => "A standard normal density that sleeps.";

    public IReadOnlyList<ModelOption> Options { get; } = [NormalDensity.DimensionOption, .. TimeOptions];

    public ModelBinding Create(ModelOptions options, IDataFiles files)
    {
        var nap = Of(options);
        return NormalDensity.Bind(options, point =>
        {
            nap(point);
            return 0;
        });
    }

    /// <summary>What sleeps as the options say.</summary>
    public static Action<double[]> Of(ModelOptions options)
    {
        var median = options.Number("milliseconds", 0);
        var sigma = options.Number("sigma", 0);
        return point => Wait(median * Math.Exp(sigma * NormalQuantile.Of(Uniform(point))));
    }

    private static void Wait(double milliseconds)
    {
        var never = new object();
        lock (never)
        {
            if (milliseconds >= 0.5)
            {
                Monitor.Wait(never, TimeSpan.FromMilliseconds(Math.Round(milliseconds)));
            }
        }
    }

    // FNV-1a over the bytes, mixed once more, because its high bits alone are poor.
    private static double Uniform(double[] point)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var part in MemoryMarshal.AsBytes(point.AsSpan()))
        {
            hash = (hash ^ part) * 0x100000001B3UL;
        }

        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15UL;
        return ((hash >> 12) + 0.5) / (1UL << 52);
    }
}
