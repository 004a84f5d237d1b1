using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Coordination;

/// <summary>The state of a run: what its journal says, folded. Only <see cref="RunFold"/> changes it.</summary>
public sealed class RunState
{
    private readonly EnsembleState[] ensembles;

    internal RunState(RunIdentity identity, IEnumerable<EnsembleState> ensembles)
    {
        Identity = identity;
        this.ensembles = [.. ensembles];
    }

    /// <summary>What the run is.</summary>
    public RunIdentity Identity { get; }

    /// <summary>The ensembles, by index.</summary>
    public IReadOnlyList<EnsembleState> Ensembles => ensembles;

    /// <summary>Where the run stands.</summary>
    public RunStatus Status { get; internal set; }

    /// <summary>Why it paused, ended or failed; empty while it runs.</summary>
    public string Reason { get; internal set; } = "";

    /// <summary>The rule that ended the run, if one did.</summary>
    public CompletionReason? Completion { get; internal set; }

    /// <summary>When the run ends.</summary>
    public required StopRule StopRule { get; set; }

    /// <summary>The platform of the last session.</summary>
    public required HostPlatform Platform { get; set; }

    /// <summary>Who evaluated in the last session, in words.</summary>
    public required string Engine { get; set; }

    /// <summary>The last checkpoint that was judged, or is not to be judged any more.</summary>
    public int JudgedThrough { get; internal set; }

    /// <summary>Whether the present stop rule's demand for convergence was met.</summary>
    public bool Converged { get; internal set; }

    /// <summary>The checkpoint at which convergence ends the run, from its judgement until the run is extended beyond it; else null.</summary>
    public int? EndsAt { get; internal set; }

    /// <summary>The last judgement, or null.</summary>
    public ConvergenceJudged? LastJudgement { get; internal set; }

    /// <summary>Last iteration of the result once the run completed; else -1.</summary>
    public int FinalIteration { get; internal set; } = -1;

    /// <summary>Active time of the run so far, in seconds.</summary>
    public double Seconds { get; internal set; }

    /// <summary>Active time at the start of the present session, from which the wall time of the stop rule counts.</summary>
    public double SessionStart { get; internal set; }

    /// <summary>Failed evaluations.</summary>
    public FailureTally Failures { get; } = new();

    /// <summary>Evaluations that exceeded a limit.</summary>
    public VerdictTally Verdicts { get; } = new();

    /// <summary>Who evaluates, and who was turned away.</summary>
    public WorkerRoll Workers { get; } = new();

    /// <summary>What every worker must compute on the run's canaries; empty until the first was admitted.</summary>
    public IReadOnlyList<EvaluationOutcome> CanaryReference { get; internal set; } = [];

    /// <summary>Evaluations that had different outcomes on two workers.</summary>
    public long Disagreements { get; internal set; }

    /// <summary>The last of them, or null.</summary>
    public DisagreementFound? LastDisagreement { get; internal set; }

    /// <summary>Last iteration whose draws are journaled for every ensemble; -1 when there is none.</summary>
    public int CommonIteration
    {
        get
        {
            var common = int.MaxValue;
            foreach (var ensemble in ensembles)
            {
                common = Math.Min(common, ensemble.Journaled);
            }

            return common;
        }
    }

    /// <summary>The last iteration of the result so far: that of a completed run, else the common one.</summary>
    public int ResultIteration => Status == RunStatus.Completed ? FinalIteration : CommonIteration;

    /// <summary>Walker steps in the journal, beyond the result included.</summary>
    public long WalkerSteps => ensembles.Sum(ensemble => ensemble.WalkerSteps);

    /// <summary>Accepted walker steps in the journal.</summary>
    public long Accepted => ensembles.Sum(ensemble => ensemble.Accepted);

    /// <summary>Evaluations in the journal.</summary>
    public long Evaluations => ensembles.Sum(ensemble => ensemble.Evaluations);

    /// <summary>Whether the stop rule still waits for convergence.</summary>
    public bool AwaitsConvergence => StopRule.AsksConvergence && !Converged;

    /// <summary>The next checkpoint to judge within the iterations of the stop rule, or null when there is none.</summary>
    public int? NextCheckpoint
    {
        get
        {
            var next = Checkpoints.After(JudgedThrough);
            return AwaitsConvergence && next <= StopRule.Iterations ? next : null;
        }
    }

    /// <summary>
    /// No work beyond this iteration: the last one, or the checkpoint after the one to judge next, so that the slots stay busy while
    /// convergence is judged.
    /// </summary>
    public int Horizon => NextCheckpoint is { } next
        ? Math.Min(StopRule.Iterations, Checkpoints.After(next))
        : StopRule.Iterations;
}
