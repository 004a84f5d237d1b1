namespace Calibrate.Cli;

/// <summary>Exit codes of the <c>calibrate</c> command; documented in <c>docs/command-line.md</c>.</summary>
public static class ExitCode
{
    /// <summary>The command did what it was asked to do.</summary>
    public const int Done = 0;

    /// <summary>The run failed, or a check did not hold.</summary>
    public const int Failed = 1;

    /// <summary>The user's input was refused; nothing was started, nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>The run is paused and waits for a decision.</summary>
    public const int Paused = 3;

    /// <summary>Stopped by Ctrl-C or SIGTERM after a clean flush; 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
