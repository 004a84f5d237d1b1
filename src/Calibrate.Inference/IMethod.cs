namespace Calibrate.Inference;

/// <summary>
/// A sampler or an optimiser as its coordinator sees it: independent ensembles, each with evaluations that are ready, outcomes that
/// come in and a state that can be journaled. Immutable and safe to share between threads; its ensembles are not.
/// </summary>
public interface IMethod
{
    /// <summary>Name of the algorithm, written into every state, for example <c>ensemble</c>.</summary>
    string Name { get; }

    /// <summary>Version of the algorithm: it changes whenever the same seed gives another chain.</summary>
    int Version { get; }

    /// <summary>Number of independent ensembles.</summary>
    int Ensembles { get; }

    /// <summary>Walkers of one ensemble.</summary>
    int Walkers { get; }

    /// <summary>Number of sampled parameters.</summary>
    int Dimension { get; }

    /// <summary>Number of recorded model outputs kept with every draw.</summary>
    int RecordedCount { get; }

    /// <summary>A fresh ensemble, in which nothing was evaluated yet (<see cref="IEnsemble.Iteration"/> is -1).</summary>
    /// <param name="ensemble">Index of the ensemble, 0 &lt;= ensemble &lt; <see cref="Ensembles"/>.</param>
    /// <returns>The ensemble. It may already refuse to start (<see cref="IEnsemble.Refusal"/>).</returns>
    IEnsemble Create(int ensemble);

    /// <summary>Rebuilds an ensemble from what <see cref="IEnsemble.Save"/> or <see cref="Block.EndState"/> wrote.</summary>
    /// <param name="ensemble">Index of the ensemble, 0 &lt;= ensemble &lt; <see cref="Ensembles"/>.</param>
    /// <param name="state">The saved bytes.</param>
    /// <returns>The ensemble, with nothing in flight.</returns>
    /// <exception cref="InvalidDataException">The state is damaged, of another method, version, shape or ensemble; the message says which.</exception>
    IEnsemble Restore(int ensemble, ReadOnlyMemory<byte> state);
}
