using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Commands;

/// <summary>Which of the exceptions below are messages for the user, and the exit code that goes with each.</summary>
internal static class Failures
{
    /// <summary>The exit code of an exception whose message is meant to be shown; null for a defect of the program.</summary>
    public static int? ExitCodeOf(Exception exception) => exception switch
    {
        UserException mistake => mistake.ExitCode,
        ProblemException or RunRefusedException or JournalNotFoundException => ExitCode.BadInput,
        RunException or JournalException => ExitCode.Failed,
        IOException or UnauthorizedAccessException => ExitCode.Failed,
        _ => null,
    };
}
