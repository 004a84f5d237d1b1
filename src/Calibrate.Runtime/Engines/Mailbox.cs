using System.Threading.Channels;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Engines;

/// <summary>
/// The one way to a coordinator: any number of senders, one reader. Results wait for a place, and places become free only when results
/// were journaled, so that neither blocks nor outcomes pile up in memory; small commands never wait.
/// </summary>
public sealed class Mailbox : ICommandSink, IDisposable
{
    private readonly Channel<(RunCommand Command, bool TookPlace)> channel =
        Channel.CreateUnbounded<(RunCommand, bool)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly SemaphoreSlim places;
    private readonly CancellationTokenSource closed = new();
    private int capacity;
    private int drained;

    /// <summary>Creates an empty mailbox.</summary>
    /// <param name="capacity">Results that may wait at the same time; at least 1.</param>
    public Mailbox(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        this.capacity = capacity;
        places = new SemaphoreSlim(capacity);
    }

    /// <summary>Lets at least this many results wait at the same time. For the reader; a mailbox never shrinks.</summary>
    /// <param name="atLeast">Results.</param>
    public void Widen(int atLeast)
    {
        if (atLeast > capacity)
        {
            places.Release(atLeast - capacity);
            capacity = atLeast;
        }
    }

    /// <inheritdoc/>
    public bool Post(RunCommand command)
    {
        try
        {
            places.Wait(closed.Token);
            return channel.Writer.TryWrite((command, true));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void PostUrgent(RunCommand command) => channel.Writer.TryWrite((command, false));

    /// <inheritdoc/>
    public void Fault(Exception exception) => channel.Writer.TryComplete(exception);

    /// <summary>Waits until there is something, then takes everything there is. Results that were drained together become one command.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="Exception">What a sender reported with <see cref="Fault"/>.</exception>
    public async Task<IReadOnlyList<RunCommand>> DrainAsync(CancellationToken cancellationToken)
    {
        if (!await channel.Reader.WaitToReadAsync(cancellationToken))
        {
            throw new InvalidOperationException("The mailbox was closed.");
        }

        List<RunCommand> commands = [];
        List<BatchAnswer> answers = [];
        while (channel.Reader.TryRead(out var item))
        {
            drained += item.TookPlace ? 1 : 0;
            if (item.Command is EvaluationsReturned returned)
            {
                answers.AddRange(returned.Answers);
            }
            else
            {
                commands.Add(item.Command);
            }
        }

        // Outcomes first: a stop that was drained with them is then decided with everything that is known.
        if (answers.Count > 0)
        {
            commands.Insert(0, new EvaluationsReturned(answers));
        }

        return commands;
    }

    /// <summary>Frees the places of what was drained: it is in the journal now.</summary>
    public void Acknowledge()
    {
        if (drained > 0)
        {
            places.Release(drained);
            drained = 0;
        }
    }

    /// <summary>Turns everybody away from here on.</summary>
    public void Close()
    {
        channel.Writer.TryComplete();
        closed.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        closed.Dispose();
        places.Dispose();
    }
}
