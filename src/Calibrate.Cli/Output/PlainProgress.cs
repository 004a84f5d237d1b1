using Calibrate.Runtime;

namespace Calibrate.Cli.Output;

/// <summary>Progress for log files: a line at the start, then one every ten seconds.</summary>
internal sealed class PlainProgress(Terminal terminal, bool verbose, TimeProvider clock) : ProgressDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private long _last = clock.GetTimestamp();

    public override void OnBegin(RunBeginning beginning) => WriteBeginning(terminal.Error, beginning, verbose);

    public override void OnProgress(RunProgress progress)
    {
        if (clock.GetElapsedTime(_last) < Pause)
        {
            return;
        }

        _last = clock.GetTimestamp();
        terminal.Error.WriteLine(
            $"{Figures.Count(Math.Max(0, progress.Iteration))} of {Figures.Count(progress.Iterations)} iterations, {Describe(progress)}");
    }

    public override void Note(string line) => terminal.Error.WriteLine(line);
}
