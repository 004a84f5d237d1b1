namespace Calibrate.Numerics.Random;

/// <summary>
/// What a random block is drawn for: the high half of the last Philox counter word, so that two purposes never share a
/// number. This table is append-only: a changed or reused value changes every chain ever sampled.
/// </summary>
/// <remarks>How each purpose uses its words is written in <c>docs/formats/random-numbers.md</c>.</remarks>
public enum RandomPurpose : ushort
{
    /// <summary>One walker step: split, helpers, proposal and acceptance.</summary>
    Step = 0,

    /// <summary>Which of several weighted moves an iteration uses.</summary>
    MoveChoice = 1,

    /// <summary>Standard normals of a proposal.</summary>
    ProposalNormals = 2,

    /// <summary>An initial position drawn from the prior; the iteration word of the counter is the attempt.</summary>
    InitialPosition = 3,

    /// <summary>An initial position drawn from a ball; the iteration word of the counter is the attempt.</summary>
    InitialBall = 4,

    /// <summary>Candidates of the seeded random search.</summary>
    RandomSearch = 5,

    /// <summary>Vectors on which workers prove that they compute the same model.</summary>
    Canary = 6,

    /// <summary>The sample of accepted points that is evaluated again by <c>runs verify</c>.</summary>
    VerifySample = 7,

    /// <summary>Helper words beyond the three of the step, four per block: moves that draw a subset of the complement.</summary>
    HelperSubset = 8,

    /// <summary>The order in which an ensemble takes its starting points from a file; the iteration word of the counter is 0.</summary>
    InitialRows = 9,

    /// <summary>Draws from the prior that stand beside a posterior.</summary>
    PriorSample = 10,

    /// <summary>Observation errors of posterior predictive draws.</summary>
    PredictiveErrors = 11,
}
