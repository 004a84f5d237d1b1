namespace Calibrate.Runtime.Cluster;

/// <summary>Where a message goes.</summary>
public abstract record Destination
{
    private Destination()
    {
    }

    /// <summary>The queue of a model: any one admitted worker takes it.</summary>
    /// <param name="Model">The model.</param>
    public sealed record WorkQueue(ModelFingerprint Model) : Destination;

    /// <summary>One worker.</summary>
    /// <param name="Worker">The worker.</param>
    public sealed record OneWorker(WorkerId Worker) : Destination;

    /// <summary>All workers.</summary>
    public sealed record AllWorkers : Destination;

    /// <summary>Whoever coordinates a run now, in whatever epoch.</summary>
    /// <param name="Run">The run.</param>
    public sealed record Coordinator(Journals.RunId Run) : Destination;

    /// <summary>Everybody who watches the cluster: all coordinators, <c>cluster status</c>.</summary>
    public sealed record Watchers : Destination;
}
