using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Processes;

/// <summary>A log density that is a program. Its child starts with the first evaluation.</summary>
internal sealed class ProcessLogDensity(ChildSource source) : ILogDensity, IDisposable
{
    private readonly ProcessEvaluator evaluator = new(source);
    private ModelFailed?[] failures = [];

    public int Dimension => source.Program.Parameters.Count;

    /// <remarks>A batch in which a point fails throws as a whole: the likelihood then asks for every point alone.</remarks>
    public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
    {
        if (failures.Length < count)
        {
            failures = new ModelFailed?[count];
        }

        failures.AsSpan(0, count).Clear();
        evaluator.Evaluate(count, points, logDensities[..count], failures.AsSpan(0, count));
        foreach (ModelFailed? failure in failures.AsSpan(0, count))
        {
            if (failure is not null)
            {
                throw new ModelException(failure.Message, failure.Kind);
            }
        }
    }

    public void Dispose() => evaluator.Dispose();
}

/// <summary>Makes log densities that run one program, each with a child of its own.</summary>
internal sealed class ProcessLogDensityFactory(ChildSource source) : ILogDensityFactory
{
    public ILogDensity Create() => new ProcessLogDensity(source);
}
