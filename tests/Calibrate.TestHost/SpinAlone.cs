using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Calibrate.TestHost;

/// <summary>
/// <c>spin-alone SECONDS MICROSECONDS</c>: how many evaluations per second a bare loop around <c>spin</c> makes in this process. As many processes at once
/// as there are workers tell what a machine has to give to them: the ideal of a throughput.
/// </summary>
internal static class SpinAlone
{
    public static int Run(string[] arguments)
    {
        if (arguments is not [_, var duration, var microseconds]
            || !double.TryParse(duration, CultureInfo.InvariantCulture, out var seconds)
            || !double.TryParse(microseconds, CultureInfo.InvariantCulture, out var each))
        {
            Console.Error.WriteLine("usage: spin-alone SECONDS MICROSECONDS");
            return 2;
        }

        Evaluate(0.5, each);
        var (evaluations, passed) = Evaluate(seconds, each);
        Console.WriteLine(JsonSerializer.Serialize(new { evaluations, seconds = passed, evaluations_per_second = evaluations / passed }));
        return 0;
    }

    private static (long Evaluations, double Seconds) Evaluate(double seconds, double microseconds)
    {
        var clock = Stopwatch.StartNew();
        var evaluations = 0L;
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            SpinDefinition.Spin(microseconds * 1e-6);
            evaluations++;
        }

        return (evaluations, clock.Elapsed.TotalSeconds);
    }
}
