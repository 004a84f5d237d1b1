using Calibrate.Problems;
using Calibrate.Reports.Figures;
using Calibrate.Reports.History;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Html;

/// <summary>Everything that a report says, before it is words.</summary>
public sealed record ReportContent
{
    /// <summary>The run in numbers.</summary>
    public required RunSummary Summary { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>The problem it was started with.</summary>
    public required Problem Problem { get; init; }

    /// <summary>Whether it is not the same any more: its data files hold something else than when the run was started, or the model is another one.</summary>
    public bool HasChanged { get; init; }

    /// <summary>What happened to it.</summary>
    public required RunHistory History { get; init; }

    /// <summary>Draws from the prior; null when it is improper.</summary>
    public PriorSample? Prior { get; init; }

    /// <summary>Predictions of the observations; null when there are none.</summary>
    public PredictiveSample? Predictive { get; init; }

    /// <summary>Why there are no predictions although there could be some; null otherwise.</summary>
    public string? PredictiveTrouble { get; init; }

    /// <summary>The figures in the order of the report.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>Draws per chain after the warm-up.</summary>
    public required int DrawsPerChain { get; init; }

    /// <summary>Every how many iterations a draw was kept.</summary>
    public required int Thin { get; init; }

    /// <summary>Options that find the run again, for commands that the report tells to type; begins with a space, or is empty.</summary>
    public string LocationHint { get; init; } = "";

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }
}
