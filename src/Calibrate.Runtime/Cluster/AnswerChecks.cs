using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Cluster;

/// <summary>Tells answers from nonsense: whatever arrives over a network is checked before it is believed.</summary>
internal static class AnswerChecks
{
    /// <summary>Evaluations in one answer at most; a batch is 50 ms of work.</summary>
    public const int MostOutcomes = 65_536;

    /// <summary>Whether an answer can be one to this run.</summary>
    /// <param name="done">The answer.</param>
    /// <param name="run">The run.</param>
    /// <param name="recordedCount">Model outputs recorded per evaluation.</param>
    public static bool IsSound(WorkDone done, RunId run, int recordedCount) =>
        done.Session.Run == run
        && done.Outcomes.Count is > 0 and <= MostOutcomes
        && done.ParameterHashes.Count == done.Outcomes.Count
        && double.IsFinite(done.Elapsed)
        && done.Elapsed >= 0
        && done.Outcomes.All(settled => settled.Outcome switch
        {
            Lost => true,
            _ when done.Return != WorkReturn.None => false,
            Evaluated value => value.LogLikelihood < double.PositiveInfinity && value.Recorded.Length == recordedCount,
            _ => true,
        });
}
