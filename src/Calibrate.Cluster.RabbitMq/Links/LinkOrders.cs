namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>What becomes of orders that no connection carries out.</summary>
internal static class LinkOrders
{
    /// <summary>Answers for an order whose connection is gone.</summary>
    public static void Abandon(LinkOrder order)
    {
        switch (order)
        {
            case LinkOrder.Publish publish:
                publish.Settled?.Invoke(SendResult.Unknown);
                break;
            case LinkOrder.Measure measure:
                measure.Answer.TrySetResult(null);
                break;
            case LinkOrder.Flush flush:
                flush.Done.TrySetResult();
                break;
        }
    }
}
