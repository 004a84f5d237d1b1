using System.Diagnostics;
using System.Globalization;
using Calibrate.Serving;

namespace Calibrate.Benchmarks.UmBridge;

/// <summary>
/// Evaluations that <c>calibrate serve-model</c> answers per second over 16 connections that stay open, no point twice; the clients run on the same
/// processors.
/// </summary>
internal static class ServedRequests
{
    private const int Connections = 16;
    private const double Seconds = 5;

    public static int Run(string[] args)
    {
        ModelServer server = ServedCurve.StartAsync().GetAwaiter().GetResult();
        using HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = server.Address };
        Measure(http, 1, 0);
        double rate = Measure(http, Seconds, 100_000_000);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"benchmark\":\"serve-model\",\"connections\":{Connections},\"requests_per_second\":{rate:0}}}"));
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return 0;
    }

    private static double Measure(HttpClient http, double seconds, int first)
    {
        long start = Stopwatch.GetTimestamp();
        int next = first;
        int done = 0;
        Task.WaitAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                using ByteArrayContent content = new(ServedCurve.Body(ServedCurve.Point(Interlocked.Increment(ref next))));
                using HttpResponseMessage response = await http.PostAsync(new Uri("Evaluate", UriKind.Relative), content);
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync();
                Interlocked.Increment(ref done);
            }
        }));
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
