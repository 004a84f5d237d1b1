using Calibrate.Inference;

namespace Calibrate.Testing.Methods;

/// <summary>
/// A small method that is no sampler worth using but everything a coordinator can meet: step (iteration, walker) reads that walker and its
/// neighbour one iteration before, so steps become ready out of order; half of the proposals are drawn towards the neighbour, and are
/// accepted or rejected by the likelihood. Tests of the coordinator run on it, so that they depend on no real algorithm.
/// </summary>
/// <param name="seed">Seed of the chain.</param>
/// <param name="ensembles">Number of ensembles.</param>
/// <param name="walkers">Walkers per ensemble.</param>
/// <param name="thin">Every how many iterations a row is kept.</param>
public sealed class RelayMethod(ulong seed, int ensembles = 2, int walkers = 6, int thin = 1) : IMethod
{
    /// <inheritdoc/>
    public string Name => "relay";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public int Ensembles => ensembles;

    /// <inheritdoc/>
    public int Walkers => walkers;

    /// <inheritdoc/>
    public int Dimension => 2;

    /// <inheritdoc/>
    public int RecordedCount => 0;

    /// <summary>Every how many iterations a row is kept.</summary>
    public int Thin => thin;

    /// <summary>Seed of the chain.</summary>
    public ulong Seed => seed;

    /// <inheritdoc/>
    public IEnsemble Create(int ensemble) => new RelayEnsemble(this, ensemble);

    /// <inheritdoc/>
    public IEnsemble Restore(int ensemble, ReadOnlyMemory<byte> state) => new RelayEnsemble(this, ensemble, state);
}
