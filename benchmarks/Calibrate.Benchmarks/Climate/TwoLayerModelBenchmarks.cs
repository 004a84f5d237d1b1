using BenchmarkDotNet.Attributes;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Benchmarks.Climate;

/// <summary>Time per call of the climate problem's likelihood for batches of several sizes: one point, and one or two registers of them.</summary>
public class TwoLayerModelBenchmarks
{
    private readonly EvaluationBatch results = new();
    private ILikelihood? likelihood;
    private double[] points = [];

    [Params(1, 4, 8, 15, 16, 32)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Load()
    {
        Problem problem = ClimateSample.Load();
        likelihood = problem.Likelihood.Create();
        points = ClimateSample.Points(problem, 1, Count)[0];
    }

    [Benchmark]
    public void Evaluate() => likelihood!.Evaluate(Count, points, results);
}
