using Calibrate.Runtime;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Output;

/// <summary>Progress of one of several runs: a line when it begins, then one every half minute, each with the run's name.</summary>
internal sealed class QueuedProgress(RunId run, Action<string> write, TimeProvider clock) : IRunObserver
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private long _last = clock.GetTimestamp();

    public void OnBegin(RunBeginning beginning) => write(
        $"[{run}] {(beginning.Resumed ? $"resumed after iteration {Math.Max(0, beginning.Iteration)}" : "started")}, until iteration {beginning.StopRule.Iterations}.");

    public void OnProgress(RunProgress progress)
    {
        if (clock.GetElapsedTime(_last) < Pause)
        {
            return;
        }

        _last = clock.GetTimestamp();
        write($"[{run}] {Figures.Count(Math.Max(0, progress.Iteration))} of {Figures.Count(progress.Iterations)} iterations, {ProgressDisplay.Describe(progress)}");
    }
}
