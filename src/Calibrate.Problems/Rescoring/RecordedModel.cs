using Calibrate.Problems.Models;

namespace Calibrate.Problems.Rescoring;

/// <summary>Stands in for a forward model and answers with outputs that were recorded, so that the code that scores is the same.</summary>
internal sealed class RecordedModel(ModelSignature signature) : IModel
{
    private readonly double[] outputs = [.. Enumerable.Repeat(double.NaN, signature.OutputLength)];

    public ModelSignature Signature => signature;

    /// <summary>What to answer next, by position among all output values; what was never set is not a number.</summary>
    public Span<double> Outputs => outputs;

    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output) => outputs.CopyTo(output.Values);
}
