using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Cluster;

/// <summary>Compares evaluations that were made twice, counts those that agree, and tells the coordinator of those that do not.</summary>
/// <param name="outbox">Where they are told.</param>
internal sealed class Disagreements(FleetOutbox outbox)
{
    /// <summary>Disagreements that are told at most: the first one pauses the run, a few more show the pattern.</summary>
    public const int MostTold = 16;

    private int found;

    /// <summary>Evaluations that different workers computed with the same result.</summary>
    public long Agreed { get; private set; }

    /// <summary>Compares two outcomes of one evaluation.</summary>
    /// <returns>Whether they may both be true: they agree, or the machine had a part in one of them.</returns>
    public bool Compare(EvaluationRequest request, (WorkerId Worker, EvaluationOutcome Outcome) first, (WorkerId Worker, EvaluationOutcome Outcome) second)
    {
        if (!OutcomeComparison.IsComparable(first.Outcome) || !OutcomeComparison.IsComparable(second.Outcome))
        {
            return true;
        }

        if (OutcomeComparison.Agree(first.Outcome, second.Outcome))
        {
            // An answer that was sent again is no second computation.
            Agreed += first.Worker != second.Worker ? 1 : 0;
            return true;
        }

        if (found++ < MostTold)
        {
            outbox.Tell(new ResultsDisagreed(request, (first.Worker.Name, first.Outcome), (second.Worker.Name, second.Outcome)));
        }

        return false;
    }
}
