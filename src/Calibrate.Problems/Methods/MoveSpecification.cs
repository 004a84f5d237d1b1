namespace Calibrate.Problems.Methods;

/// <summary>The ensemble moves that a problem file can name.</summary>
public enum MoveKind
{
    /// <summary>Goodman and Weare's stretch move.</summary>
    Stretch,

    /// <summary>Differential evolution.</summary>
    De,

    /// <summary>Differential evolution with a snooker update.</summary>
    Snooker,

    /// <summary>Goodman and Weare's walk move.</summary>
    Walk,

    /// <summary>Proposals from a kernel density estimate of the complementary ensemble.</summary>
    Kde,
}

/// <summary>One move of a mixture, with its settings; null settings take the move's defaults.</summary>
/// <param name="Kind">The move.</param>
/// <param name="Weight">Its weight in the mixture, positive.</param>
public sealed record MoveSpecification(MoveKind Kind, double Weight = 1)
{
    /// <summary>Stretch: the scale a, above 1; 2 by default.</summary>
    public double? Scale { get; init; }

    /// <summary>DE and snooker: the factor on the difference of helpers; 2.38 / sqrt(2 d) and 1.7 by default.</summary>
    public double? Gamma { get; init; }

    /// <summary>DE: standard deviation of the small noise in the proposal; 1e-5 by default.</summary>
    public double? Sigma { get; init; }

    /// <summary>Walk: number of helpers; the whole complement by default.</summary>
    public int? Helpers { get; init; }

    /// <summary>KDE: the bandwidth factor; Scott's rule by default.</summary>
    public double? Bandwidth { get; init; }
}
