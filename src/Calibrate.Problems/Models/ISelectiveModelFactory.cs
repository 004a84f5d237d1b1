namespace Calibrate.Problems.Models;

/// <summary>A factory whose models can leave out what nobody reads: storing it may cost a share of a fast model's time.</summary>
public interface ISelectiveModelFactory : IModelFactory
{
    /// <summary>Creates an instance for one slot that computes only some output values.</summary>
    /// <param name="rows">
    /// Which values will be read, as indexes among all output values (<see cref="ModelSignature.OffsetOf"/> plus the position
    /// on the output's axis). They get the same bits as without a selection; the others may stay as they are.
    /// </param>
    IModel Create(IReadOnlySet<int> rows);
}
