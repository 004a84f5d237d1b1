namespace Calibrate.Simulator.Faults;

/// <summary>The process that was about to do something is dead: nothing of it may go on.</summary>
public sealed class ProcessKilledException() : Exception("the simulated process was killed");
