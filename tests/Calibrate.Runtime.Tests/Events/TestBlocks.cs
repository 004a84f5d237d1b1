using Calibrate.Inference;

namespace Calibrate.Runtime.Tests.Events;

/// <summary>Blocks that no ensemble made, with a different number in every place.</summary>
internal static class TestBlocks
{
    /// <summary>Iterations (-1, 6], thinned by 3: rows 0, 3 and 6 of two walkers in two dimensions with one recorded output.</summary>
    public static Block Make(int ensemble = 1) => new()
    {
        Ensemble = ensemble,
        From = -1,
        To = 6,
        Thin = 3,
        Walkers = 2,
        Dimension = 2,
        RecordedCount = 1,
        Rows = 3,
        Positions = [.. Enumerable.Range(0, 12).Select(i => i + 0.5)],
        LogPosteriors = [-1, -2, -3, -4, -5, double.NegativeInfinity],
        Recorded = [10, 20, 30, 40, 50, 60],
        WalkerSteps = 12,
        Accepted = 5,
        Evaluations = 17,
        AcceptedByWalker = [2, 3],
        Digests = [.. Enumerable.Range(0, 14).Select(i => ulong.MaxValue - (ulong)i)],
        FailuresByKind = [KeyValuePair.Create("Exception", 2L), KeyValuePair.Create("NotANumber", 1L)],
        Failures = [new FailureExample(new EvaluationId(ensemble, 2, 1, 0), "Exception", [1.5, 2.5], "it broke")],
        EndState = [1, 2, 3, 4],
    };
}
