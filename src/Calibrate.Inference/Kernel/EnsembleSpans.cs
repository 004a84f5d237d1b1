namespace Calibrate.Inference.Kernel;

/// <summary>
/// The walkers of one ensemble between two iterations, over the owner's memory: what the kernel advances in place.
/// </summary>
public readonly ref struct EnsembleSpans
{
    /// <summary>Sampled-space positions, <c>[parameter * walkers + walker]</c>.</summary>
    public required Span<double> Positions { get; init; }

    /// <summary>Per walker: log likelihood plus log prior plus log Jacobian; what acceptance compares.</summary>
    public required Span<double> Targets { get; init; }

    /// <summary>Per walker: log likelihood plus log prior; what is reported.</summary>
    public required Span<double> LogPosteriors { get; init; }

    /// <summary>Recorded model outputs of each walker's last accepted evaluation, <c>[output * walkers + walker]</c>.</summary>
    public required Span<double> Recorded { get; init; }
}
