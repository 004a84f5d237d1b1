using Calibrate.Problems.Models;

namespace Calibrate.Models.Expressions;

/// <summary>One formula per output, evaluated at every value of the variable that somebody reads. Not safe to share between threads.</summary>
internal sealed class ExpressionModel : IBatchModel
{
    private readonly Func<double[], double>[] formulas;
    private readonly IReadOnlyList<double>? axis;
    private readonly int[][] positions;
    private readonly double[] values;

    /// <summary>Creates an instance for one slot.</summary>
    /// <param name="signature">Parameters, and outputs that all have the same axis or none.</param>
    /// <param name="formulas">One per output, of the parameters followed by the variable where there is one.</param>
    /// <param name="rows">Which values among all outputs are read; all of them when null.</param>
    public ExpressionModel(ModelSignature signature, Func<double[], double>[] formulas, IReadOnlySet<int>? rows)
    {
        Signature = signature;
        this.formulas = formulas;
        axis = signature.Outputs[0].Axis;
        positions = new int[formulas.Length][];
        for (int o = 0; o < formulas.Length; o++)
        {
            int offset = signature.OffsetOf(o);
            positions[o] = [.. Enumerable.Range(0, signature.Outputs[o].Length).Where(k => rows is null || rows.Contains(offset + k))];
        }

        values = new double[signature.Parameters.Count + 1];
    }

    /// <inheritdoc/>
    public ModelSignature Signature { get; }

    /// <inheritdoc/>
    public int PreferredBatch => 16;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
    {
        for (int o = 0; o < formulas.Length; o++)
        {
            Evaluate(o, 1, 0, parameters, output[o]);
        }
    }

    /// <inheritdoc/>
    public void Evaluate(int count, ReadOnlySpan<double> parameters, ModelOutputBatch outputs)
    {
        for (int i = 0; i < count; i++)
        {
            for (int o = 0; o < formulas.Length; o++)
            {
                Evaluate(o, count, i, parameters, outputs[o]);
            }
        }
    }

    private void Evaluate(int output, int count, int point, ReadOnlySpan<double> parameters, Span<double> results)
    {
        Func<double[], double> formula = formulas[output];
        for (int j = 0; j < values.Length - 1; j++)
        {
            values[j] = parameters[(j * count) + point];
        }

        foreach (int k in positions[output])
        {
            if (axis is not null)
            {
                values[^1] = axis[k];
            }

            results[(k * count) + point] = formula(values);
        }
    }
}
