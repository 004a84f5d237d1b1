using Calibrate.Runtime.Cluster;

namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>Takes in what comes from a broker. Called by the connection's own threads, one at a time per connection; must not wait.</summary>
internal interface ILinkReader
{
    /// <summary>The connection is there, for the first time or again; deliveries before it are void.</summary>
    void OnConnected();

    /// <summary>The connection is gone; another is being tried for.</summary>
    void OnDisconnected();

    /// <summary>The connection is gone and was tried for long enough.</summary>
    /// <param name="exception">The message for the user.</param>
    void OnGivenUp(BrokerException exception);

    /// <summary>A message arrived on the process's own queue.</summary>
    /// <param name="message">The message.</param>
    void OnArrived(ClusterMessage message);

    /// <summary>Work arrived from a model's queue and is to be acknowledged.</summary>
    /// <param name="delivery">The name of the delivery.</param>
    /// <param name="work">The work.</param>
    /// <param name="redelivered">Whether somebody had it before and vanished.</param>
    void OnDelivered(long delivery, Work work, bool redelivered);

    /// <summary>Bytes arrived that are no message; they are gone from the queue.</summary>
    /// <param name="problem">What is wrong with them.</param>
    void OnGarbled(string problem);
}
