using System.Text.Json.Serialization;

namespace Calibrate.Runtime.Control;

/// <summary>The answer to a <see cref="ControlRequest"/>.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Message">One or two sentences for the user: what was done, or why not and what to do. Plain text: whoever shows it in a page escapes it.</param>
/// <param name="Status">How the run fares after the request; null unless a coordinator answered.</param>
public sealed record ControlReply(ControlResult Result, string Message, RunStatusSnapshot? Status = null)
{
    /// <summary>Whether the request was carried out.</summary>
    [JsonIgnore]
    public bool IsDone => Result == ControlResult.Done;
}

/// <summary>What became of a request.</summary>
public enum ControlResult
{
    /// <summary>It was carried out, or had no need to be: a paused run was told to pause.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>The coordinator lives and refuses: the run is not in a state for it, or the request makes no sense.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>Nobody drives the run: it ended, was stopped or killed, or never was.</summary>
    [JsonStringEnumMemberName("not_running")]
    NotRunning,

    /// <summary>This user may not use the run's endpoint.</summary>
    [JsonStringEnumMemberName("forbidden")]
    Forbidden,

    /// <summary>The coordinator, or the way to it, did not answer in time or not in a way that can be read; whether the request was carried out is not known.</summary>
    [JsonStringEnumMemberName("unreachable")]
    Unreachable,
}
