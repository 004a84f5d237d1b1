namespace Calibrate.Simulator.Scaling;

/// <summary>What a scaling simulation found.</summary>
/// <param name="Evaluations">Evaluations the run needed.</param>
/// <param name="Repeated">Evaluations that were made a second time because the first took long.</param>
/// <param name="Work">Seconds of the needed evaluations, over all slots.</param>
/// <param name="Seconds">Virtual seconds from the first dispatch to the end of the run.</param>
/// <param name="Slots">Number of slots.</param>
/// <param name="Hash">The chain hash.</param>
public sealed record ScalingResult(long Evaluations, long Repeated, double Work, double Seconds, int Slots, string Hash)
{
    /// <summary>Evaluations per virtual second.</summary>
    public double Throughput => Evaluations / Seconds;

    /// <summary>Fraction of the slots' time that went into evaluations the run needed.</summary>
    public double Efficiency => Work / (Slots * Seconds);
}
