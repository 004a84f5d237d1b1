namespace Calibrate.Runtime.Engines;

/// <summary>What an engine is doing at one moment, for reports: nothing in it decides anything.</summary>
/// <param name="Nodes">The processes that evaluate, by name.</param>
/// <param name="QueuedBatches">Batches that wait for a slot; null when the engine does not know.</param>
/// <param name="Compared">Evaluations that were made twice and agreed.</param>
public sealed record EngineView(IReadOnlyList<NodeView> Nodes, long? QueuedBatches, long Compared)
{
    /// <summary>Of an engine that tells nothing.</summary>
    public static EngineView Unknown { get; } = new([], null, 0);
}

/// <summary>A process that evaluates.</summary>
/// <param name="Name">Its name among the nodes.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Process">Its process id.</param>
/// <param name="Isolation"><c>thread</c> or <c>process</c>; empty while that is not known.</param>
/// <param name="Slots">Evaluations that it makes at the same time.</param>
/// <param name="Load">What its slots do together.</param>
/// <param name="EachSlot">What each does, where that is known; else empty.</param>
public sealed record NodeView(string Name, string Host, int Process, string Isolation, int Slots, SlotLoad Load, IReadOnlyList<SlotLoad> EachSlot);

/// <summary>What a slot does, or several together.</summary>
/// <param name="Busy">Slots that are evaluating.</param>
/// <param name="Evaluations">Evaluations so far; walker steps where whole ensembles are run.</param>
/// <param name="BusySeconds">Seconds spent on them, summed over slots.</param>
public readonly record struct SlotLoad(int Busy, long Evaluations, double BusySeconds)
{
    /// <summary>Two loads together.</summary>
    public static SlotLoad operator +(SlotLoad left, SlotLoad right) =>
        new(left.Busy + right.Busy, left.Evaluations + right.Evaluations, left.BusySeconds + right.BusySeconds);
}
