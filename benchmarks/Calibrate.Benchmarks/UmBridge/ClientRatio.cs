using System.Diagnostics;
using System.Globalization;
using Calibrate.Problems.Models;
using Calibrate.Serving;

namespace Calibrate.Benchmarks.UmBridge;

/// <summary>
/// What the UM-Bridge client costs on top of a bare loop that sends prepared bytes over HttpClient and reads the answers as bytes: the ratio of
/// their times, in turns, over the same server.
/// </summary>
internal static class ClientRatio
{
    private const int Points = 200;
    private const int Rounds = 41;
    private const int WarmUp = 9;

    public static int Run(string[] args)
    {
        ModelServer server = ServedCurve.StartAsync().GetAwaiter().GetResult();
        IModel model = ((ForwardModelBinding)ServedCurve.OfClient(server.Address).Model).Factory.Create();
        double[][] points = [.. Enumerable.Range(0, Points).Select(ServedCurve.Point)];
        byte[][] bodies = [.. points.Select(ServedCurve.Body)];
        using HttpClient bare = new() { BaseAddress = server.Address };
        List<double> client = [];
        List<double> plain = [];
        for (int round = -WarmUp; round < Rounds; round++)
        {
            double own = Time(() => Evaluate(model, points));
            double other = Time(() => Post(bare, bodies));
            if (round >= 0)
            {
                client.Add(own);
                plain.Add(other);
            }
        }

        double ratio = Median(client.Zip(plain, (c, p) => c / p));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"benchmark\":\"umbridge-client\",\"client_us\":{Median(client) / Points * 1e6:0.0},\"bare_us\":{Median(plain) / Points * 1e6:0.0},\"ratio\":{ratio:0.000}}}"));
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return 0;
    }

    private static void Evaluate(IModel model, double[][] points)
    {
        ModelOutput output = new(model.Signature);
        foreach (double[] point in points)
        {
            model.Evaluate(point, output);
        }
    }

    private static void Post(HttpClient http, byte[][] bodies)
    {
        foreach (byte[] body in bodies)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "Evaluate") { Content = new ByteArrayContent(body) };
            using HttpResponseMessage response = http.Send(request);
            using Stream stream = response.Content.ReadAsStream();
            using MemoryStream answer = new();
            stream.CopyTo(answer);
        }
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
