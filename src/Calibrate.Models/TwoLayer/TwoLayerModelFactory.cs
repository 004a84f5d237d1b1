using Calibrate.Models.Lanes;
using Calibrate.Problems.Models;

namespace Calibrate.Models.TwoLayer;

/// <summary>Makes two-layer models that share one forcing.</summary>
public sealed class TwoLayerModelFactory : ISelectiveModelFactory
{
    private readonly ForcingSeries forcing;
    private readonly int stepsPerYear;
    private readonly LaneWidth width;

    /// <summary>Creates a factory.</summary>
    /// <param name="forcing">What drives the model.</param>
    /// <param name="stepsPerYear">Runge-Kutta steps per year, 1 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stepsPerYear"/> is out of range.</exception>
    public TwoLayerModelFactory(ForcingSeries forcing, int stepsPerYear = 10)
        : this(forcing, stepsPerYear, LaneWidths.Widest)
    {
    }

    internal TwoLayerModelFactory(ForcingSeries forcing, int stepsPerYear, LaneWidth width)
    {
        ArgumentNullException.ThrowIfNull(forcing);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerYear, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stepsPerYear, 1000);
        this.forcing = forcing;
        this.stepsPerYear = stepsPerYear;
        this.width = width;
        Signature = new ModelSignature(TwoLayerParameters.For(forcing.AgentNames), TwoLayerOutputs.Signatures(forcing.Years));
    }

    /// <inheritdoc/>
    public ModelSignature Signature { get; }

    /// <inheritdoc/>
    public IModel Create() => Create(TwoLayerOutputs.All(forcing.Length));

    /// <inheritdoc/>
    public IModel Create(IReadOnlySet<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Create(TwoLayerOutputs.Some(forcing.Length, rows));
    }

    private TwoLayerModel Create(TwoLayerOutputs outputs) => new(forcing, outputs, stepsPerYear, Signature, width);
}
