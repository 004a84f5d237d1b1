using Calibrate.Models.Lanes;
using Calibrate.Problems.Models;

namespace Calibrate.Models.TwoLayer;

/// <summary>Makes two-layer models that share one forcing.</summary>
public sealed class TwoLayerModelFactory : IModelFactory
{
    private readonly ForcingSeries forcing;
    private readonly TwoLayerOutputs selected;
    private readonly int stepsPerYear;
    private readonly LaneWidth width;

    /// <summary>Creates a factory.</summary>
    /// <param name="forcing">What drives the model.</param>
    /// <param name="stepsPerYear">Runge-Kutta steps per year, 1 to 1000.</param>
    /// <param name="outputs">Names of the outputs to compute, each once; all when null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stepsPerYear"/> is out of range.</exception>
    /// <exception cref="ArgumentException">An output is unknown or named twice, or none is named.</exception>
    public TwoLayerModelFactory(ForcingSeries forcing, int stepsPerYear = 10, IReadOnlyList<string>? outputs = null)
        : this(forcing, stepsPerYear, outputs, LaneWidths.Widest)
    {
    }

    internal TwoLayerModelFactory(ForcingSeries forcing, int stepsPerYear, IReadOnlyList<string>? outputs, LaneWidth width)
    {
        ArgumentNullException.ThrowIfNull(forcing);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerYear, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stepsPerYear, 1000);
        outputs ??= TwoLayerOutputs.AllNames;
        if (outputs.Count == 0 || outputs.Except(TwoLayerOutputs.AllNames, StringComparer.Ordinal).Any())
        {
            throw new ArgumentException($"Outputs must be some of {string.Join(", ", TwoLayerOutputs.AllNames)}.", nameof(outputs));
        }

        this.forcing = forcing;
        this.stepsPerYear = stepsPerYear;
        this.width = width;
        selected = new TwoLayerOutputs(outputs, forcing.Years);
        Signature = new ModelSignature(TwoLayerParameters.For(forcing.AgentNames), selected.Signatures);
    }

    /// <inheritdoc/>
    public ModelSignature Signature { get; }

    /// <inheritdoc/>
    public IModel Create() => new TwoLayerModel(forcing, selected, stepsPerYear, Signature, width);
}
