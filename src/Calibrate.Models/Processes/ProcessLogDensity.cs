using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Processes;

/// <summary>A log density that is a program. Its child starts with the first evaluation.</summary>
internal sealed class ProcessLogDensity(ChildSource source) : ILogDensityWithFailures, IDisposable
{
    private readonly ProcessEvaluator evaluator = new(source);

    public int Dimension => source.Program.Parameters.Count;

    public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
    {
        ModelFailed?[] failures = new ModelFailed?[count];
        Evaluate(count, points, logDensities, failures);
        if (Array.Find(failures, failure => failure is not null) is { } first)
        {
            throw new ModelException(first.Message, first.Kind);
        }
    }

    public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities, Span<ModelFailed?> failures) =>
        evaluator.Evaluate(count, points, logDensities[..count], failures);

    public void Dispose() => evaluator.Dispose();
}

/// <summary>Makes log densities that run one program, each with a child of its own.</summary>
internal sealed class ProcessLogDensityFactory(ChildSource source) : ILogDensityFactory
{
    public ILogDensity Create() => new ProcessLogDensity(source);
}
