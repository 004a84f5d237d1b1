using Calibrate.Runtime.Control;

namespace Calibrate.Dashboard.Projections;

/// <summary>Where a run stands: what its journal says, and what its coordinator adds while there is one.</summary>
internal sealed record RunView
{
    public required string Run { get; init; }

    public string Problem { get; init; } = "";

    /// <summary>running, paused, completed, failed; unstarted or unreadable.</summary>
    public required string Status { get; init; }

    /// <summary>Why it paused or failed, or cannot be read.</summary>
    public string Reason { get; init; } = "";

    public string Engine { get; init; } = "";

    /// <summary>The seed as text: 64 bits are more than a browser's numbers have.</summary>
    public string Seed { get; init; } = "";

    public DateTimeOffset? StartedAt { get; init; }

    public string Version { get; init; } = "";

    public int Ensembles { get; init; }

    public int Walkers { get; init; }

    public int Dimension { get; init; }

    public int Iteration { get; init; } = -1;

    public int Iterations { get; init; }

    public long WalkerSteps { get; init; }

    public long Evaluations { get; init; }

    public double Acceptance { get; init; } = double.NaN;

    public double Seconds { get; init; }

    public double StepsPerSecond { get; init; }

    /// <summary>Seconds to the end, or to the target effective sample size if that comes first; null when it cannot be told.</summary>
    public double? SecondsLeft { get; init; }

    public StopRuleSnapshot StopRule { get; init; } = new(null, null, null);

    public JudgementView? Judged { get; init; }

    public IReadOnlyDictionary<string, long> Failures { get; init; } = new Dictionary<string, long>();

    public IReadOnlyList<FailureView> FailureExamples { get; init; } = [];

    public IReadOnlyList<VerdictSnapshot> Verdicts { get; init; } = [];

    public long Disagreements { get; init; }

    public IReadOnlyList<WorkerView> Workers { get; init; } = [];

    public long RefusalCount { get; init; }

    public IReadOnlyList<RefusalSnapshot> Refusals { get; init; } = [];

    /// <summary>What the coordinator said last; null when there is none to ask.</summary>
    public RunStatusSnapshot? Live { get; init; }

    /// <summary>Why there is no answer of a coordinator, for the user; empty when there is one, or none is to be expected.</summary>
    public string Note { get; init; } = "";
}

/// <summary>The last judgement of convergence.</summary>
internal sealed record JudgementView(int Iteration, double Rhat, double Ess, bool Converged);

/// <summary>A failed evaluation in full.</summary>
internal sealed record FailureView(string Kind, string Message, int Ensemble, int Iteration, int Walker, double[] Parameters);

/// <summary>A worker that the journal has as admitted.</summary>
internal sealed record WorkerView(string Name, string Description, int Slots);
