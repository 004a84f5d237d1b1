using System.Buffers;
using Calibrate.Inference.Digest;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference;

/// <summary>
/// One independent ensemble of a method: one state, and two drivers of it that produce the same chain bit for bit.
/// </summary>
/// <remarks>
/// The <em>dataflow driver</em> (<see cref="TakeReady"/>, <see cref="Settle"/>) hands out every walker step as soon as the few steps it reads
/// are settled, in any number and any order of completion. The <em>tight driver</em> (<see cref="Advance"/>) runs whole iterations in place.
/// They may alternate at any moment. Not thread-safe.
/// </remarks>
public interface IEnsemble
{
    /// <summary>Index of the ensemble within its run, from 0.</summary>
    int Index { get; }

    /// <summary>Last complete iteration; 0 is the initial ensemble, -1 means that it is not complete yet.</summary>
    int Iteration { get; }

    /// <summary>The running digest of the chain up to and including <see cref="Iteration"/>.</summary>
    ChainDigest Digest { get; }

    /// <summary>
    /// Why this ensemble cannot go on (degenerate start, no initial position found, infinite likelihood ...), as one message for the user that
    /// says what to do; null while all is well. A run with a refusal must fail with this text: no evaluation is handed out any more.
    /// </summary>
    string? Refusal { get; }

    /// <summary>
    /// Hands out the evaluations that are ready and not in flight. Each is handed out once per instance; what is in flight is not part of
    /// the saved state.
    /// </summary>
    /// <param name="horizon">No step beyond this iteration is handed out. How far an ensemble runs ahead of its last complete iteration is bounded too.</param>
    /// <param name="ready">Receives the requests, at its end, roughly in the order in which they became ready.</param>
    void TakeReady(int horizon, List<EvaluationRequest> ready);

    /// <summary>Forgets what is in flight: <see cref="TakeReady"/> hands out again everything that is not settled.</summary>
    void ReturnUnfinished();

    /// <summary>Takes in the outcome of one evaluation and completes every iteration that became complete.</summary>
    /// <param name="id">The evaluation.</param>
    /// <param name="outcome">Its outcome. <see cref="Lost"/> settles nothing and makes the evaluation ready again.</param>
    /// <returns>False if the outcome was not awaited: a duplicate, of another ensemble, lost, not reachable from the present state, or after a <see cref="Refusal"/>.</returns>
    bool Settle(EvaluationId id, EvaluationOutcome outcome);

    /// <summary>
    /// Runs complete iterations on the calling thread, after finishing those that a dataflow left half-way (what is in flight is forgotten).
    /// </summary>
    /// <param name="likelihood">This thread's likelihood.</param>
    /// <param name="to">Last iteration to complete.</param>
    /// <param name="limits">When to return earlier.</param>
    void Advance(ILikelihood likelihood, int to, AdvanceLimits limits);

    /// <summary>Whether an iteration was completed since the last cut.</summary>
    bool HasBlock { get; }

    /// <summary>Bytes of draws and digests that wait for the next cut.</summary>
    long BufferedBytes { get; }

    /// <summary>The complete iterations since the last cut, with the state after them. Changes nothing.</summary>
    /// <exception cref="InvalidOperationException">There is no complete iteration (<see cref="HasBlock"/>).</exception>
    Block PeekBlock();

    /// <summary>Makes the cut: forgets the draws that <see cref="PeekBlock"/> returned, to be called once they are journaled.</summary>
    void DropBlock();

    /// <summary>
    /// Writes the complete state, versioned and little-endian: the last complete iteration, what is settled beyond it, and the draws that were not
    /// cut yet. Restoring and saving gives the same bytes.
    /// </summary>
    /// <param name="writer">Receives the bytes.</param>
    void Save(IBufferWriter<byte> writer);
}
