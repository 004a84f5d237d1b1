using System.Globalization;

namespace Calibrate.Runtime.Journals;

/// <summary>How a run is acquired for writing.</summary>
public sealed record AcquireOptions
{
    /// <summary>
    /// Who acquires it, in words that help whoever is refused later: process, host, start. At most 200 characters are kept.
    /// </summary>
    public required string Owner { get; init; }

    /// <summary>Start an empty journal when the run has none; otherwise <see cref="JournalNotFoundException"/>.</summary>
    public bool CreateIfMissing { get; init; }

    /// <summary>
    /// Take the run from an owner that still lives. The owner's next append fails with
    /// <see cref="JournalFencedException"/>, so nothing is ever written twice.
    /// </summary>
    public bool Takeover { get; init; }

    /// <summary>Options of the running process: "process 4711 on HOST since 2026-01-31 12:00:00 UTC".</summary>
    /// <param name="clock">Tells when the run was acquired.</param>
    public static AcquireOptions ForThisProcess(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new AcquireOptions
        {
            Owner = string.Create(
                CultureInfo.InvariantCulture,
                $"process {Environment.ProcessId} on {Environment.MachineName} since {clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC"),
        };
    }
}
