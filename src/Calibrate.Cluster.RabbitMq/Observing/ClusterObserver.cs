using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Cluster.RabbitMq.Observing;

/// <summary>Watches a cluster: who works, on what, how fast. Changes nothing.</summary>
public sealed class ClusterObserver : ILinkReader, IAsyncDisposable
{
    private readonly BrokerSettings broker;
    private readonly BrokerLink link;
    private readonly Sightings sightings;
    private volatile BrokerException? broken;

    /// <summary>Creates the observer; nothing is connected yet.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="clock">Measures rates.</param>
    /// <param name="log">Takes lines for the operator.</param>
    public ClusterObserver(BrokerSettings broker, TimeProvider clock, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(broker);
        this.broker = broker;
        sightings = new Sightings(clock);
        link = new BrokerLink(broker, new LinkPlan("calibrate cluster status", BrokerTopology.BindingsOfWatchers), this, clock, log);
    }

    /// <summary>Connects, and asks everybody to say that they are here.</summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <exception cref="BrokerException">The broker cannot be reached or refuses this client.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => link.OpenAsync(cancellationToken);

    /// <summary>What was seen so far. Everybody speaks every two seconds: rates need three.</summary>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="BrokerException">The broker was lost for too long.</exception>
    public async Task<ClusterView> LookAsync(CancellationToken cancellationToken)
    {
        if (broken is { } exception)
        {
            throw exception;
        }

        var sessions = sightings.Sessions();
        List<SeenQueue> queues = [];
        foreach (var model in sessions.Select(session => session.Report.Model).Distinct())
        {
            if (await link.MeasureAsync(model).WaitAsync(cancellationToken) is { } depth)
            {
                queues.Add(new SeenQueue(model, depth.Messages, depth.Consumers));
            }
        }

        return new ClusterView(broker.Address, sightings.Workers(), sessions, queues);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => link.DisposeAsync();

    void ILinkReader.OnConnected()
    {
        link.Send(new Destination.AllWorkers(), new RollCall());
        link.Send(new Destination.Watchers(), new RollCall());
    }

    void ILinkReader.OnDisconnected()
    {
    }

    void ILinkReader.OnGivenUp(BrokerException exception) => broken = exception;

    void ILinkReader.OnArrived(ClusterMessage message) => sightings.Hear(message);

    void ILinkReader.OnDelivered(long delivery, Work work, bool redelivered)
    {
    }

    void ILinkReader.OnGarbled(string problem)
    {
    }
}
