using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Processes;

/// <summary>A forward model that is a program. Its child starts with the first evaluation.</summary>
internal sealed class ProcessModel : IBatchModel, IDisposable
{
    private readonly ProcessEvaluator evaluator;
    private ModelFailed?[] failures = new ModelFailed?[1];

    public ProcessModel(ChildSource source, ModelSignature signature, int preferredBatch)
    {
        evaluator = new ProcessEvaluator(source);
        Signature = signature;
        PreferredBatch = preferredBatch;
    }

    public ModelSignature Signature { get; }

    public int PreferredBatch { get; }

    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
    {
        failures[0] = null;
        evaluator.Evaluate(1, parameters, output.Values, failures);
        if (failures[0] is { } failure)
        {
            throw new ModelException(failure.Message, failure.Kind);
        }
    }

    public void Evaluate(int count, ReadOnlySpan<double> parameters, ModelOutputBatch outputs)
    {
        if (failures.Length < count)
        {
            failures = new ModelFailed?[count];
        }

        failures.AsSpan(0, count).Clear();
        evaluator.Evaluate(count, parameters, outputs.Values, failures);
        for (int i = 0; i < count; i++)
        {
            if (failures[i] is { } failure)
            {
                outputs.Fail(i, failure.Message, failure.Kind);
            }
        }
    }

    public void Dispose() => evaluator.Dispose();
}

/// <summary>Makes forward models that run one program, each with a child of its own.</summary>
internal sealed class ProcessModelFactory(ChildSource source, ModelSignature signature, int preferredBatch) : IModelFactory
{
    public ModelSignature Signature => signature;

    public IModel Create() => new ProcessModel(source, signature, preferredBatch);
}
