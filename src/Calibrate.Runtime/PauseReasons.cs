namespace Calibrate.Runtime;

/// <summary>
/// The reasons of pauses that somebody wanted, as the journal keeps them. Whoever finds a paused run tells from them what is expected of it: one that was
/// interrupted waits for any process, the others for a decision of their user.
/// </summary>
public static class PauseReasons
{
    private const string InterruptedWord = "interrupted";
    private const string OnRequestWords = "paused on request";

    /// <summary>Ctrl-C or SIGTERM.</summary>
    /// <param name="run">The run.</param>
    public static string Interrupted(Journals.RunId run) => $"{InterruptedWord}; `calibrate resume {run}` goes on";

    /// <summary>A request to pause: the process stays and waits for a request to resume.</summary>
    /// <param name="run">The run.</param>
    public static string OnRequest(Journals.RunId run) => $"{OnRequestWords}; `calibrate runs resume {run}` goes on";

    /// <summary>A request to stop.</summary>
    /// <param name="run">The run.</param>
    public static string Stopped(Journals.RunId run) => $"stopped on request; `calibrate resume {run}` goes on";

    /// <summary>Whether a process was told to end, by its machine or its user, without any decision about the run.</summary>
    /// <param name="reason">The reason of a pause.</param>
    public static bool IsInterruption(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return reason.StartsWith(InterruptedWord, StringComparison.Ordinal);
    }

    /// <summary>Whether the run is to stand still until somebody asks it to resume.</summary>
    /// <param name="reason">The reason of a pause.</param>
    public static bool IsOnRequest(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return reason.StartsWith(OnRequestWords, StringComparison.Ordinal);
    }
}
