using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Reading;

/// <summary>What a complete check of a run found.</summary>
/// <param name="Journal">Every event's seal and every snapshot.</param>
/// <param name="Iteration">Last iteration of the result so far; -1 when the journal could not be followed.</param>
/// <param name="ChainHash">The chain hash at that iteration; empty when there is none.</param>
/// <param name="Evaluated">Journaled points that were evaluated again.</param>
/// <param name="Problems">Everything that is wrong, in words for the user; empty when all is well.</param>
public sealed record RunVerification(
    JournalVerification Journal, int Iteration, string ChainHash, int Evaluated, IReadOnlyList<string> Problems)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool Intact => Problems.Count == 0;
}
