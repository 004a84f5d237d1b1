using Calibrate.Problems.Methods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Engines;

/// <summary>Decides how the local engine is given work. Whatever it decides, the chain is the same.</summary>
public static class ModeChoice
{
    /// <summary>Below this, handing out single evaluations costs more than it gains: 1 ms.</summary>
    public const double CheapEvaluationSeconds = 0.001;

    /// <summary>
    /// The longest iteration that still leaves blocks of about one second: with longer ones, a kill or Ctrl-C would cost more work than
    /// scheduling single evaluations does.
    /// </summary>
    public const double LongestBlockIterationSeconds = 1;

    /// <summary>
    /// Blocks when evaluations are cheap, or when every slot can have an ensemble of its own and iterations are short; else dataflow.
    /// </summary>
    /// <param name="scheduling">What the problem asks for.</param>
    /// <param name="slots">Slots of the engine.</param>
    /// <param name="ensembles">Ensembles of the run.</param>
    /// <param name="walkers">Walkers per ensemble.</param>
    /// <param name="secondsPerEvaluation">The measured time of one evaluation; 0 when nothing could be measured.</param>
    public static ExecutionMode Of(SchedulingKind scheduling, int slots, int ensembles, int walkers, double secondsPerEvaluation) =>
        scheduling switch
        {
            SchedulingKind.Kernel => ExecutionMode.Blocks,
            SchedulingKind.Dataflow => ExecutionMode.Dataflow,
            SchedulingKind.Barrier => ExecutionMode.Barrier,
            SchedulingKind.Auto when secondsPerEvaluation < CheapEvaluationSeconds => ExecutionMode.Blocks,
            SchedulingKind.Auto when ensembles >= slots && secondsPerEvaluation * walkers <= LongestBlockIterationSeconds =>
                ExecutionMode.Blocks,
            SchedulingKind.Auto => ExecutionMode.Dataflow,
            _ => throw new ArgumentOutOfRangeException(nameof(scheduling), scheduling, "unknown scheduling"),
        };
}
