using System.Globalization;

namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>
/// Which published messages the broker has not answered for yet. The broker numbers them from 1 in the order of publication and confirms one, or all
/// up to one; a message that nobody has a queue for comes back before it is confirmed.
/// </summary>
internal sealed class Confirms
{
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, Pending> pending = [];
    private TaskCompletionSource? drained;
    private ulong first = 1;
    private ulong last;

    /// <summary>Notes that the next message is about to be published.</summary>
    /// <param name="settled">Is told once what became of it; must not wait.</param>
    /// <returns>Its number.</returns>
    public ulong Begin(Action<SendResult>? settled)
    {
        lock (gate)
        {
            pending.Add(++last, new Pending(settled));
            return last;
        }
    }

    /// <summary>The number as the identity of a message, by which one that comes back is told.</summary>
    public static string NameOf(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A message came back; the confirmation follows.</summary>
    public void Returned(string? name)
    {
        lock (gate)
        {
            if (ulong.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && pending.TryGetValue(number, out var found))
            {
                found.Unroutable = true;
            }
        }
    }

    /// <summary>The broker answered for one message or for all up to it.</summary>
    public void Settle(ulong number, bool multiple, bool taken)
    {
        List<Pending> settled = [];
        TaskCompletionSource? toDrain = null;
        lock (gate)
        {
            for (var at = multiple ? first : number; at <= number && at <= last; at++)
            {
                if (pending.Remove(at, out var found))
                {
                    settled.Add(found);
                }
            }

            while (first <= last && !pending.ContainsKey(first))
            {
                first++;
            }

            if (pending.Count == 0)
            {
                toDrain = drained;
                drained = null;
            }
        }

        settled.ForEach(message => message.Settled?.Invoke(
            message.Unroutable ? SendResult.Unroutable : taken ? SendResult.Taken : SendResult.Refused));
        toDrain?.TrySetResult();
    }

    /// <summary>The connection is gone: nobody will answer any more.</summary>
    public void Abandon()
    {
        Pending[] left;
        lock (gate)
        {
            left = [.. pending.Values];
            pending.Clear();
            first = last + 1;
            drained?.TrySetResult();
            drained = null;
        }

        Array.ForEach(left, message => message.Settled?.Invoke(SendResult.Unknown));
    }

    /// <summary>Completes when everything that was published has been answered for.</summary>
    public Task DrainAsync()
    {
        lock (gate)
        {
            if (pending.Count == 0)
            {
                return Task.CompletedTask;
            }

            drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return drained.Task;
        }
    }

    private sealed class Pending(Action<SendResult>? settled)
    {
        public Action<SendResult>? Settled { get; } = settled;

        public bool Unroutable { get; set; }
    }
}
