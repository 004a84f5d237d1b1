namespace Calibrate.Cli;

/// <summary>A mistake the user can mend: its message is all that is shown, never a stack trace.</summary>
/// <param name="message">Where, what was found, what was expected, what to do.</param>
/// <param name="exitCode">The exit code to end with.</param>
public sealed class UserException(string message, int exitCode = Cli.ExitCode.BadInput) : Exception(message)
{
    /// <summary>The exit code to end with.</summary>
    public int ExitCode { get; } = exitCode;
}
