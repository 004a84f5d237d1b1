using Calibrate.Inference.States;

namespace Calibrate.Inference.RandomSearch;

/// <summary>
/// A seeded random search: candidates are independent draws from the prior, every walker keeps the best it has seen. The baseline that any
/// optimiser has to beat, and the second tenant of the method contracts.
/// </summary>
public sealed class RandomSearchMethod : IMethod
{
    /// <summary>Changes whenever the same seed gives another search.</summary>
    private const int CurrentVersion = 1;

    private readonly RandomSearchSettings settings;

    internal RandomSearchMethod(RandomSearchSettings settings) => this.settings = settings;

    /// <inheritdoc/>
    public string Name => "random_search";

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
        SearchEnsemble restored = New(ensemble);
        restored.Restore(state.Span);
        return restored;
    }

    private SearchEnsemble New(int ensemble)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ensemble);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ensemble, Ensembles);
        return new SearchEnsemble(new MethodIdentity(Name, Version), settings, ensemble);
    }
}
