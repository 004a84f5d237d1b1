using Calibrate.Problems.Models;

namespace Calibrate.Models.Expressions;

/// <summary>Makes instances that share the compiled formulas and nothing else.</summary>
/// <param name="signature">Parameters, and outputs that all have the same axis or none.</param>
/// <param name="formulas">One per output, of the parameters followed by the variable where there is one.</param>
internal sealed class ExpressionModelFactory(ModelSignature signature, Func<double[], double>[] formulas) : ISelectiveModelFactory
{
    /// <inheritdoc/>
    public ModelSignature Signature => signature;

    /// <inheritdoc/>
    public IModel Create() => new ExpressionModel(signature, formulas, null);

    /// <inheritdoc/>
    public IModel Create(IReadOnlySet<int> rows) => new ExpressionModel(signature, formulas, rows);
}
