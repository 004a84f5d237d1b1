namespace Calibrate.Runtime.Cluster;

/// <summary>What a <c>WorkerAgent</c> says of its process.</summary>
/// <param name="Worker">Its name, never used by another process.</param>
/// <param name="Host">Name of the machine.</param>
/// <param name="Process">Its process id.</param>
/// <param name="Slots">Evaluations it makes at the same time, at least 1.</param>
/// <param name="Isolation"><c>thread</c> or <c>process</c>.</param>
/// <param name="Platform">What decides its floating-point results.</param>
/// <param name="Build">Identity of the code that evaluates (<see cref="BuildIdentity"/>).</param>
public sealed record WorkerSettings(
    WorkerId Worker, string Host, int Process, int Slots, string Isolation, HostPlatform Platform, string Build);
