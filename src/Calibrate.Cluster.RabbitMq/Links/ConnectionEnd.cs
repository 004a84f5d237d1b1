using RabbitMQ.Client;

namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>Ends connections in a bounded time, whatever state they are in.</summary>
internal static class ConnectionEnd
{
    /// <summary>How long the broker may take to say goodbye.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Closes a connection, or lets go of one that cannot be closed.</summary>
    /// <param name="connection">The connection, which is disposed of.</param>
    public static async Task EndAsync(this IConnection connection)
    {
        try
        {
            await connection.AbortAsync(Constants.ReplySuccess, "", Patience).WaitAsync(2 * Patience);
            await connection.DisposeAsync().AsTask().WaitAsync(Patience);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A connection that cannot even be closed is closed.
            _ = exception;
        }
    }
}
