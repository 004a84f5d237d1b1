namespace Calibrate.Dashboard.Projections;

/// <summary>What watchers are told about.</summary>
internal enum WatchTopic
{
    /// <summary>Where the run stands.</summary>
    Status,

    /// <summary>Estimates and plots.</summary>
    Draws,

    /// <summary>Why there are no estimates.</summary>
    Trouble,
}

/// <summary>
/// The newest message on every topic. Watchers that are slow miss what was replaced meanwhile, and hold nobody up.
/// </summary>
internal sealed class WatchBoard
{
    private readonly Lock gate = new();
    private readonly (long Number, ReadOnlyMemory<byte> Body)[] posted = new (long, ReadOnlyMemory<byte>)[Enum.GetValues<WatchTopic>().Length];
    private TaskCompletionSource changed = NewSignal();
    private long number;

    /// <summary>Replaces the message on a topic. The same message again is no news.</summary>
    public void Post(WatchTopic topic, ReadOnlyMemory<byte> body)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            if (posted[(int)topic].Body.Span.SequenceEqual(body.Span))
            {
                return;
            }

            posted[(int)topic] = (++number, body);
            (signal, changed) = (changed, NewSignal());
        }

        signal.SetResult();
    }

    /// <summary>Forgets all messages.</summary>
    public void Clear()
    {
        lock (gate)
        {
            Array.Clear(posted);
        }
    }

    /// <summary>The message on a topic, as soon as there is one.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(WatchTopic topic, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (news, _, next) = Since(0);
            foreach (var (on, body) in news)
            {
                if (on == topic)
                {
                    return body;
                }
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The messages that were posted after a number, the number to ask with next, and what ends when there are more.</summary>
    public (IReadOnlyList<(WatchTopic Topic, ReadOnlyMemory<byte> Body)> News, long Number, Task Next) Since(long after)
    {
        lock (gate)
        {
            List<(WatchTopic, ReadOnlyMemory<byte>)> news = [];
            for (var topic = 0; topic < posted.Length; topic++)
            {
                if (posted[topic].Number > after)
                {
                    news.Add(((WatchTopic)topic, posted[topic].Body));
                }
            }

            return (news, number, changed.Task);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
