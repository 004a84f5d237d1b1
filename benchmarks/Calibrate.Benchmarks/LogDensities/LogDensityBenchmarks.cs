using BenchmarkDotNet.Attributes;
using Calibrate.Models.LogDensities;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Benchmarks.LogDensities;

/// <summary>Time of one batch of half an ensemble, 16 points, for every built-in density.</summary>
public class LogDensityBenchmarks
{
    private const int Count = 16;
    private readonly double[] values = new double[Count];
    private double[] points = [];
    private ILogDensity? density;

    [Params("gaussian", "independent gaussian", "rosenbrock", "bimodal", "funnel")]
    public string Density { get; set; } = string.Empty;

    [Params(4, 5, 10)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Create()
    {
        int dimension = Density == "rosenbrock" ? Dimension + (Dimension % 2) : Dimension;
        double[] mean = new double[dimension];
        density = Density switch
        {
            "gaussian" => LogDensity.Gaussian(mean, Correlated(dimension)),
            "independent gaussian" => LogDensity.IndependentGaussian(mean, [.. Enumerable.Repeat(1.0, dimension)]),
            "rosenbrock" => LogDensity.Rosenbrock(dimension),
            "bimodal" => LogDensity.Bimodal(dimension, 6),
            _ => LogDensity.Funnel(dimension),
        };
        points = [.. Enumerable.Range(0, dimension * Count).Select(i => Math.Sin(i))];
    }

    [Benchmark]
    public void Evaluate() => density!.Evaluate(Count, points, values);

    private static double[][] Correlated(int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(i => Enumerable.Range(0, dimension).Select(j => i == j ? 1 : 0.5).ToArray())];
}
