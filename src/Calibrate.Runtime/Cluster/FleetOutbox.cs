using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Cluster;

/// <summary>Takes what a fleet says; messages are dropped while there is no transport: everything is said again once there is.</summary>
internal sealed class FleetOutbox
{
    private List<FleetOutput> outputs = [];

    /// <summary>Whether there is a transport.</summary>
    public bool Connected { get; set; }

    /// <summary>Sets where outputs go from here on.</summary>
    public void Into(List<FleetOutput> list) => outputs = list;

    /// <summary>Sends a message.</summary>
    public void Send(Destination to, ClusterMessage message)
    {
        if (Connected)
        {
            outputs.Add(new FleetOutput.Send(to, message));
        }
    }

    /// <summary>Sends a message to a worker.</summary>
    public void Send(WorkerId to, ClusterMessage message) => Send(new Destination.OneWorker(to), message);

    /// <summary>Tells the run's coordinator.</summary>
    public void Tell(RunCommand command) => outputs.Add(new FleetOutput.Tell(command));
}
