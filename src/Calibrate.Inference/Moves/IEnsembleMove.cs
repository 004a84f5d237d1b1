namespace Calibrate.Inference.Moves;

/// <summary>
/// One way to propose a new position of a walker from the positions of other walkers (Goodman &amp; Weare 2010). Pure and immutable: the
/// sampler draws every random number and passes it in, and evaluates the target.
/// </summary>
/// <remarks>
/// An iteration divides the ensemble at random into <see cref="Splits"/> parts, which move one after the other; a walker's <em>complement</em>
/// are the walkers of all other parts, in order of their index. Points are structures of arrays: parameter j of helper k of n is
/// <c>helpers[j * n + k]</c>.
/// </remarks>
public interface IEnsembleMove
{
    /// <summary>Name in problem files: <c>stretch</c>, <c>de</c>, <c>snooker</c>, <c>walk</c> or <c>kde</c>.</summary>
    string Name { get; }

    /// <summary>Parts into which an iteration divides the ensemble, at least 2.</summary>
    int Splits { get; }

    /// <summary>Whether every proposal reads all walkers of the complement, so that it has to wait for all of them.</summary>
    /// <param name="complement">Number of walkers in the complement.</param>
    bool ReadsWholeComplement(int complement);

    /// <summary>Smallest number of walkers in the complement with which the move works.</summary>
    /// <param name="dimension">Number of sampled parameters.</param>
    int SmallestComplement(int dimension);

    /// <summary>Number of helpers that one proposal reads.</summary>
    /// <param name="complement">Number of walkers in the complement.</param>
    int HelperCount(int complement);

    /// <summary>Number of standard normal variates of one proposal.</summary>
    /// <param name="dimension">Number of sampled parameters.</param>
    /// <param name="complement">Number of walkers in the complement.</param>
    int NormalCount(int dimension, int complement);

    /// <summary>
    /// Chooses the helpers of one proposal from random words alone, never from positions: that is why the graph of steps is known in advance.
    /// </summary>
    /// <param name="words">The step's helper words: three, or <see cref="HelperCount"/> if that is more.</param>
    /// <param name="complement">Number of walkers in the complement.</param>
    /// <param name="helpers">Receives <see cref="HelperCount"/> distinct places in the complement, each in [0, complement).</param>
    void SelectHelpers(ReadOnlySpan<uint> words, int complement, Span<int> helpers);

    /// <summary>Proposes a position.</summary>
    /// <param name="variates">The random numbers of the proposal.</param>
    /// <param name="current">The walker's position, one number per dimension.</param>
    /// <param name="helpers">Positions of the helpers, in the order of <see cref="SelectHelpers"/>.</param>
    /// <param name="workspace">Memory of the caller; carries nothing from one call to the next.</param>
    /// <param name="proposal">Receives the proposed position.</param>
    /// <returns>
    /// ln of the factor by which the target's ratio is multiplied in the acceptance probability: ln f such that the proposal q is accepted
    /// with probability min(1, f t(q) / t(s)). NaN or -inf rejects.
    /// </returns>
    double Propose(in ProposalVariates variates, ReadOnlySpan<double> current, ReadOnlySpan<double> helpers, MoveWorkspace workspace, Span<double> proposal);
}
