using Calibrate.Problems.Models;

namespace Calibrate.Problems.Tests.Fakes;

/// <summary>y = intercept + slope * (t - 2000) for t in 2000..2010, and the scalar total of all y.</summary>
internal class LineModel : IModel
{
    public static readonly ModelSignature LineSignature = new(
        [new ModelParameter("slope"), new ModelParameter("intercept", 0)],
        [new OutputSignature("y", [.. Enumerable.Range(2000, 11).Select(t => (double)t)]), new OutputSignature("total")]);

    public ModelSignature Signature => LineSignature;

    public virtual void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
    {
        double total = 0;
        for (int k = 0; k <= 10; k++)
        {
            output[0][k] = parameters[1] + (parameters[0] * k);
            total += output[0][k];
        }

        output[1][0] = total;
    }
}

/// <summary>The line, many at once; a slope of 13 throws, one of 14 fails alone.</summary>
internal sealed class BatchLineModel : LineModel, IBatchModel
{
    public int PreferredBatch => 4;

    public int BatchCalls { get; private set; }

    public override void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
    {
        if (parameters[0] == 13)
        {
            throw new InvalidOperationException("thirteen");
        }

        if (parameters[0] == 14)
        {
            throw new ModelException("fourteen");
        }

        base.Evaluate(parameters, output);
    }

    public void Evaluate(int count, ReadOnlySpan<double> parameters, ModelOutputBatch outputs)
    {
        BatchCalls++;
        ModelOutput one = new(LineSignature);
        for (int i = 0; i < count; i++)
        {
            one.Reset();
            if (parameters[i] == 14)
            {
                outputs.Fail(i, "fourteen");
                continue;
            }

            Evaluate([parameters[i], parameters[count + i]], one);
            for (int v = 0; v < LineSignature.OutputLength; v++)
            {
                outputs.Values[(v * count) + i] = one.Values[v];
            }
        }
    }
}

internal sealed class ModelFactory(Func<IModel> create) : IModelFactory
{
    public ModelSignature Signature { get; } = create().Signature;

    public IModel Create() => create();
}
