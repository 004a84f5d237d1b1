using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Engines;

/// <summary>The threads of the local engine, in one of its modes.</summary>
internal interface ILocalWork
{
    /// <summary>What each slot does.</summary>
    IReadOnlyList<SlotGauge> Gauges { get; }

    /// <summary>Batches that wait for a slot; null where whole ensembles are run.</summary>
    int? Queued { get; }

    /// <summary>Takes in one effect; returns at once.</summary>
    void Perform(RunEffect effect);

    /// <summary>Ends the threads.</summary>
    /// <param name="patience">How long to wait for evaluations that cannot be interrupted.</param>
    /// <returns>False if a thread is still evaluating: it ends with its evaluation.</returns>
    bool TryStop(TimeSpan patience);
}
