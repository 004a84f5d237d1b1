using System.Net;
using Calibrate.Models;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Serving;

namespace Calibrate.Benchmarks.UmBridge;

/// <summary>A model of ten parameters and 200 outputs that costs next to nothing, served over loopback.</summary>
internal static class ServedCurve
{
    public const int Parameters = 10;
    public const int Outputs = 200;

    private static readonly string Names = string.Join("\n", Enumerable.Range(1, Parameters).Select(i => $"  p{i}: uniform(-1e9, 1e9)"));

    private static readonly string Text = $$"""
        model:
          expression: { y: {{string.Join(" + ", Enumerable.Range(1, Parameters).Select(i => $"p{i} * v"))}} }
          over: { v: {{Outputs}} }
        parameters:
        {{Names}}
        targets: { y: { output: y, times: [1], values: [1], sigma: 1 } }
        """;

    public static Task<ModelServer> StartAsync() => ModelServer.StartAsync(
        Parse(Text), new BuiltInModels(), new ModelServerOptions(IPAddress.Loopback, 0, Environment.ProcessorCount), TimeProvider.System);

    public static Problem OfClient(Uri address) => Parse($$"""
        model: { umbridge: "{{address}}", name: forward, outputs: { y: {{Outputs}} } }
        parameters:
        {{Names}}
        targets: { y: { output: y, times: [1], values: [1], sigma: 1 } }
        """);

    /// <summary>A point with all its digits.</summary>
    public static double[] Point(int i) => [.. Enumerable.Range(0, Parameters).Select(j => Math.Sin((i * Parameters) + j + 1))];

    public static byte[] Body(double[] point) => System.Text.Encoding.UTF8.GetBytes(
        $"{{\"name\": \"forward\", \"input\": [[{string.Join(",", point.Select(x => x.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}]], \"config\": {{}}}}");

    private static Problem Parse(string text) =>
        ProblemFile.Parse(new ProblemSource(Path.Combine(AppContext.BaseDirectory, "curve.yaml"), text, []), new BuiltInModels());
}
