namespace Calibrate.Inference;

/// <summary>
/// The iterations <see cref="From"/> (exclusive) to <see cref="To"/> (inclusive) of one ensemble, thinned, with the state after them: what a
/// journal stores. Everything but <see cref="EndState"/> depends on the chain and the two ends only, not on who evaluated what when.
/// </summary>
public sealed class Block
{
    /// <summary>Index of the ensemble.</summary>
    public required int Ensemble { get; init; }

    /// <summary>Last iteration before the block; -1 if the block starts with the initial ensemble.</summary>
    public required int From { get; init; }

    /// <summary>Last iteration of the block.</summary>
    public required int To { get; init; }

    /// <summary>Rows are the iterations in (From, To] that are multiples of this.</summary>
    public required int Thin { get; init; }

    /// <summary>Walkers of the ensemble.</summary>
    public required int Walkers { get; init; }

    /// <summary>Number of sampled parameters.</summary>
    public required int Dimension { get; init; }

    /// <summary>Number of recorded model outputs per draw.</summary>
    public required int RecordedCount { get; init; }

    /// <summary>Number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Sampled-space positions, <c>[(row * Dimension + parameter) * Walkers + walker]</c>.</summary>
    public required double[] Positions { get; init; }

    /// <summary>Log likelihood plus log prior (without the transforms' Jacobian), <c>[row * Walkers + walker]</c>.</summary>
    public required double[] LogPosteriors { get; init; }

    /// <summary>Recorded outputs of each walker's last accepted evaluation, <c>[(row * RecordedCount + output) * Walkers + walker]</c>.</summary>
    public required double[] Recorded { get; init; }

    /// <summary>Walker steps in the block; the initial ensemble counts none.</summary>
    public required long WalkerSteps { get; init; }

    /// <summary>Accepted walker steps in the block.</summary>
    public required long Accepted { get; init; }

    /// <summary>Evaluations whose outcomes entered the block's iterations, failed ones and redraws of the initial ensemble included.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Accepted steps of each walker in the block.</summary>
    public required long[] AcceptedByWalker { get; init; }

    /// <summary>
    /// Two words per iteration in (From, To], thinned-away ones included: the chain digest after that iteration, so that every common iteration of
    /// several ensembles has a chain hash.
    /// </summary>
    public required ulong[] Digests { get; init; }

    /// <summary>How many evaluations of the block failed, by the name of the failure's kind, ordered by name.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> FailuresByKind { get; init; }

    /// <summary>The block's first failures by iteration, walker and attempt; at most <see cref="MaximumFailureExamples"/>.</summary>
    public required IReadOnlyList<FailureExample> Failures { get; init; }

    /// <summary>What <see cref="IEnsemble.Save"/> writes right after the cut.</summary>
    public required byte[] EndState { get; init; }

    /// <summary>Failures kept in full per block; further ones are only counted.</summary>
    public const int MaximumFailureExamples = 16;
}
