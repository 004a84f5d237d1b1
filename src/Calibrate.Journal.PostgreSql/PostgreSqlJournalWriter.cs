using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>
/// The writer of one run: every append is one statement that changes nothing when the epoch is no longer the newest. When the connection
/// breaks it connects again, reads back what the server has, and sends what is missing with the same sequences and seals; if a
/// newer epoch owns the run by then, it stops.
/// </summary>
internal sealed class PostgreSqlJournalWriter : IJournalWriter
{
    private readonly PostgreSqlServer server;
    private readonly RunRow owned;
    private readonly RunLease lease;
    private readonly JournalChain chain;
    private readonly UnflushedTail tail;

    // What the server has, as far as is known: behind the tail's end while an append is on its way.
    private long stored;
    private long flushedAt;
    private NpgsqlConnection? connection;
    private bool isUsable = true;
    private bool isDisposed;

    public PostgreSqlJournalWriter(PostgreSqlServer server, RunId run, RunRow owned, RunLease lease)
    {
        this.server = server;
        this.owned = owned;
        this.lease = lease;
        Run = run;
        chain = new JournalChain(run, owned.Sequence, owned.Seal);
        tail = new UnflushedTail(owned.Sequence, owned.Seal);
        stored = owned.Sequence;
        flushedAt = server.Clock.GetTimestamp();
    }

    public RunId Run { get; }

    public long Epoch => owned.Epoch;

    public long LastSequence => chain.LastSequence;

    public async Task AppendAsync(IReadOnlyList<JournalEvent> events, bool durable, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var seals = chain.SealNext(Epoch, events);
        if (seals.Length == 0)
        {
            return;
        }

        durable |= tail.Bytes >= server.Options.UnflushedBytes
            || (tail.Last > tail.Flushed && server.Clock.GetElapsedTime(flushedAt) >= server.Options.UnflushedAge);
        await WriteAsync(async open =>
        {
            // Again after a cut: by then the events are in the tail, and may be stored.
            if (tail.Last == chain.LastSequence)
            {
                tail.Add(events, seals);
            }

            await SendTailAsync(open, durable);
        });

        if (durable)
        {
            tail.Forget();
        }
        else if (tail.Flushed == chain.LastSequence)
        {
            flushedAt = server.Clock.GetTimestamp();
        }

        tail.Keep();
        chain.Advance(seals);
    }

    public async Task SaveSnapshotAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var seal = chain.SealSnapshot(payload.Span);
        await WriteAsync(async open =>
        {
            if (!await SnapshotRows.SaveAsync(open, owned, LastSequence, seal, payload, server.Options.Lease))
            {
                stored = await ReadBackAsync(open);
                throw stored == tail.Last ? Foreign() : new IOException("the server lost events that nobody had waited for");
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        await DropAsync();
        await lease.DisposeAsync();
        chain.Dispose();
    }

    /// <summary>Does a write until it is known to have happened, on as many connections as that takes.</summary>
    private async Task WriteAsync(Func<NpgsqlConnection, Task> write)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (!isUsable)
        {
            throw new JournalWriteException(Run, LastSequence, "an earlier write failed", "Start again");
        }

        isUsable = false;
        var reconnection = new Reconnection(server.Options, server.Clock);
        while (true)
        {
            try
            {
                connection ??= await ConnectAsync();
                server.Options.BeforeWrite?.Invoke();
                await write(connection);
                server.Options.AfterWrite?.Invoke();
                isUsable = true;
                return;
            }
            catch (Exception exception) when (PostgreSqlErrors.IsOurs(exception))
            {
                await DropAsync();
                if (!PostgreSqlErrors.IsLostConnection(exception) || !await reconnection.WaitAsync())
                {
                    throw PostgreSqlErrors.WhileWriting(exception, server.Address, Run, tail.Flushed);
                }
            }
        }
    }

    /// <summary>A connection on which the server was found to have everything that was acknowledged.</summary>
    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var opened = await server.OpenDedicatedAsync();
        try
        {
            // A server that is told never to wait for its disk would make durable appends a lie.
            await opened.ExecuteAsync(
                "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'", []);
            stored = await ReadBackAsync(opened);
            await SendTailAsync(opened, durable: true);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends the events that the server does not have.</summary>
    private async Task SendTailAsync(NpgsqlConnection open, bool durable)
    {
        while (tail.After(stored) is { Count: > 0 } missing)
        {
            if (await EventInsertion.AppendAsync(open, owned, stored, missing, durable, server.Options.Lease))
            {
                stored = tail.Last;
                return;
            }

            // An append of a connection that was given up may have arrived only now.
            var found = await ReadBackAsync(open);
            stored = found != stored ? found : throw Foreign();
        }
    }

    /// <summary>The last event that the server has, which must be one of ours.</summary>
    /// <exception cref="JournalFencedException">A newer epoch owns the run.</exception>
    /// <exception cref="JournalWriteException">It is none of ours.</exception>
    private async Task<long> ReadBackAsync(NpgsqlConnection open)
    {
        var found = await RunRow.FindAsync(open, Run);
        return found is null || found.Id != owned.Id
            ? throw new JournalWriteException(Run, LastSequence, "the run was deleted", "If that was a mistake, restore it from a copy")
            : found.Epoch != Epoch
                ? throw new JournalFencedException(Run, Epoch, found.Epoch, found.Owner)
                : tail.Knows(found.Sequence, found.Seal) ? found.Sequence : throw Foreign();
    }

    private JournalWriteException Foreign() =>
        new(Run, LastSequence, "its last event is not the one this process wrote", "Check it with `calibrate runs verify`");

    private async Task DropAsync()
    {
        if (connection is { } dropped)
        {
            connection = null;
            await dropped.DisposeAsync();
        }
    }
}
