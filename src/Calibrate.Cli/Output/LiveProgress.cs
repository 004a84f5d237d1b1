using Calibrate.Runtime;

namespace Calibrate.Cli.Output;

/// <summary>Progress on a terminal: one line that is drawn again in place, and removed before the summary is printed.</summary>
internal sealed class LiveProgress(Terminal terminal, bool verbose) : ProgressDisplay
{
    private const int BarWidth = 30;
    private const string BackToStart = "\r\u001b[2K";

    private readonly Lock _gate = new();
    private bool _drawn;

    public override void OnBegin(RunBeginning beginning) => WriteBeginning(terminal.Error, beginning, verbose);

    public override void OnProgress(RunProgress progress)
    {
        var share = Math.Clamp((double)Math.Max(0, progress.Iteration) / Math.Max(1, progress.Iterations), 0, 1);
        var full = (int)Math.Round(share * BarWidth);
        var line = $"{new string('━', full)}{new string('╌', BarWidth - full)} {share * 100,3:F0} %  "
            + $"{Figures.Count(Math.Max(0, progress.Iteration))} of {Figures.Count(progress.Iterations)}  {Describe(progress)}";
        var width = Math.Max(20, terminal.Live.Profile.Width - 1);
        lock (_gate)
        {
            terminal.Error.Write(BackToStart + (line.Length > width ? line[..width] : line));
            _drawn = true;
        }
    }

    public override void Note(string line)
    {
        lock (_gate)
        {
            terminal.Error.WriteLine((_drawn ? BackToStart : "") + line);
            _drawn = false;
        }
    }

    public override void Dispose()
    {
        lock (_gate)
        {
            if (_drawn)
            {
                terminal.Error.Write(BackToStart);
            }
        }
    }
}
