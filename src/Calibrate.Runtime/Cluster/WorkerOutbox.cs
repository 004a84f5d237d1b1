namespace Calibrate.Runtime.Cluster;

/// <summary>Takes what a worker says and does; messages are dropped while there is no transport: what matters is said again once there is.</summary>
internal sealed class WorkerOutbox
{
    private List<WorkerOutput> outputs = [];
    private long lastConfirm;

    /// <summary>Whether there is a transport.</summary>
    public bool Connected { get; set; }

    /// <summary>Sets where outputs go from here on.</summary>
    public void Into(List<WorkerOutput> list) => outputs = list;

    /// <summary>Does something that needs no transport.</summary>
    public void Do(WorkerOutput output) => outputs.Add(output);

    /// <summary>Sends a message.</summary>
    public void Send(Destination to, ClusterMessage message)
    {
        if (Connected)
        {
            outputs.Add(new WorkerOutput.Send(to, message));
        }
    }

    /// <summary>Sends a message to be confirmed.</summary>
    /// <returns>The number under which it will be; 0 when there is no transport.</returns>
    public long SendConfirmed(Destination to, ClusterMessage message)
    {
        if (!Connected)
        {
            return 0;
        }

        outputs.Add(new WorkerOutput.Send(to, message, ++lastConfirm));
        return lastConfirm;
    }

    /// <summary>Acknowledges a delivery, unless it is void.</summary>
    public void Acknowledge(long? delivery)
    {
        if (delivery is { } number && Connected)
        {
            outputs.Add(new WorkerOutput.Acknowledge(number));
        }
    }
}
