namespace Calibrate.Problems.Models;

/// <summary>Where a model writes the outputs of one run. Made once per slot and used again.</summary>
public sealed class ModelOutput
{
    private readonly ModelSignature signature;
    private readonly double[] values;

    /// <summary>Creates a buffer for a model with this signature.</summary>
    /// <param name="signature">The model's signature.</param>
    public ModelOutput(ModelSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        this.signature = signature;
        values = new double[signature.OutputLength];
        Reset();
    }

    /// <summary>The values of all outputs, one output after the other in the signature's order.</summary>
    public Span<double> Values => values;

    /// <summary>The values of one output along its axis.</summary>
    /// <param name="output">Index into <see cref="ModelSignature.Outputs"/>.</param>
    public Span<double> this[int output] => values.AsSpan(signature.OffsetOf(output), signature.Outputs[output].Length);

    /// <summary>Sets every value to NaN, so that a value the model forgets is noticed.</summary>
    public void Reset() => values.AsSpan().Fill(double.NaN);

    /// <summary>Sets only some values to NaN, for a caller that reads no others.</summary>
    internal void Reset(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            values[row] = double.NaN;
        }
    }
}
