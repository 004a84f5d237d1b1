// Goodman & Weare, "Ensemble samplers with affine invariance", CAMCoS 5 (2010) 65-80; Foreman-Mackey et al., "emcee: The MCMC Hammer",
// PASP 125 (2013) 306.
using Calibrate.Inference.States;

namespace Calibrate.Inference.Ensembles;

/// <summary>Sampling by ensembles of walkers: any mixture of ensemble moves, several independent ensembles.</summary>
public sealed class EnsembleMethod : IMethod
{
    /// <summary>Changes whenever the same seed gives another chain.</summary>
    private const int CurrentVersion = 1;

    private readonly EnsembleSettings settings;

    internal EnsembleMethod(EnsembleSettings settings) => this.settings = settings;

    /// <inheritdoc/>
    public string Name => "ensemble";

    /// <inheritdoc/>
    public int Version => CurrentVersion;

    /// <inheritdoc/>
    public int Ensembles => settings.Ensembles;

    /// <inheritdoc/>
    public int Walkers => settings.Shape.Walkers;

    /// <inheritdoc/>
    public int Dimension => settings.Shape.Dimension;

    /// <inheritdoc/>
    public int RecordedCount => settings.Shape.RecordedCount;

    /// <inheritdoc/>
    public IEnsemble Create(int ensemble) => New(ensemble);

    /// <inheritdoc/>
    public IEnsemble Restore(int ensemble, ReadOnlyMemory<byte> state)
    {
        WalkerEnsemble restored = New(ensemble);
        restored.Restore(state.Span);
        return restored;
    }

    private WalkerEnsemble New(int ensemble)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ensemble);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ensemble, Ensembles);
        return new WalkerEnsemble(new MethodIdentity(Name, Version), settings, ensemble);
    }
}
