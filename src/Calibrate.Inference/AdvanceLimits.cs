namespace Calibrate.Inference;

/// <summary>When the tight driver returns before its last iteration. The chain does not depend on it.</summary>
/// <param name="MaxBytes">Return as soon as at least this many bytes wait for the next cut (<see cref="IEnsemble.BufferedBytes"/>); positive.</param>
/// <param name="Stop">Polled between iterations; true makes the driver return. Null: never.</param>
/// <param name="PollEvery">Iterations between two polls, at least 1: a few dozen for a cheap model, 1 for a slow one.</param>
public sealed record AdvanceLimits(long MaxBytes = long.MaxValue, Func<bool>? Stop = null, int PollEvery = 32)
{
    /// <summary>No limit: run to the last iteration.</summary>
    public static AdvanceLimits None { get; } = new();
}
