using Calibrate.Runtime.Journals;
using Microsoft.Data.Sqlite;

namespace Calibrate.Journal.Sqlite;

/// <summary>The writer of one run: every append is one transaction that fails when the epoch is no longer the newest.</summary>
internal sealed class SqliteJournalWriter : IJournalWriter
{
    private readonly SqliteJournalOptions options;
    private readonly RunFiles files;
    private readonly SqliteDatabase database;
    private readonly OwnerLock ownerLock;
    private readonly HighWaterMarkFile mark;
    private readonly JournalChain chain;
    private readonly WriterStatements statements;
    private readonly byte[] sealBuffer = new byte[Seal.SizeInBytes];

    // Zero at first: what the run began with, or was resumed from, leaves the log at once, so that a lost log never loses a run.
    private long checkpointAt;
    private bool isUsable = true;
    private bool isDisposed;

    public SqliteJournalWriter(
        SqliteJournalOptions options, RunFiles files, SqliteDatabase database, OwnerLock ownerLock, HighWaterMarkFile mark, JournalHead head)
    {
        this.options = options;
        this.files = files;
        this.database = database;
        this.ownerLock = ownerLock;
        this.mark = mark;
        Epoch = head.Epoch;
        chain = new JournalChain(files.Run, head.Sequence, head.Seal);
        statements = new WriterStatements(database);
    }

    public RunId Run => files.Run;

    public long Epoch { get; }

    public long LastSequence => chain.LastSequence;

    public Task AppendAsync(IReadOnlyList<JournalEvent> events, bool durable, CancellationToken cancellationToken = default) =>
        Completed(() => Append(events, durable), cancellationToken);

    public Task SaveSnapshotAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default) =>
        Completed(() => SaveSnapshot(payload.Span), cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return ValueTask.CompletedTask;
        }

        isDisposed = true;
        try
        {
            if (isUsable)
            {
                Tidy();
            }
        }
        finally
        {
            statements.Dispose();
            database.Dispose();
            mark.Dispose();
            chain.Dispose();
            ownerLock.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private void Append(IReadOnlyList<JournalEvent> events, bool durable)
    {
        var seals = chain.SealNext(Epoch, events);
        if (seals.Length == 0)
        {
            return;
        }

        Write(durable, () =>
        {
            MoveHead(seals);
            for (var i = 0; i < seals.Length; i++)
            {
                seals[i].Write(sealBuffer);
                statements.InsertEvent
                    .Bind(1, chain.LastSequence + 1 + i)
                    .Bind(2, Epoch)
                    .Bind(3, events[i].Kind)
                    .Bind(4, sealBuffer)
                    .Bind(5, events[i].Payload.Span)
                    .Run();
            }
        });
        chain.Advance(seals);
        Acknowledge(durable);
    }

    private void SaveSnapshot(ReadOnlySpan<byte> payload)
    {
        var seal = chain.SealSnapshot(payload);
        statements.InsertSnapshot.Bind(1, chain.LastSequence).Bind(2, seal.ToArray()).Bind(3, payload);
        Write(durable: false, () =>
        {
            MoveHead([]);
            statements.InsertSnapshot.Run();
            statements.DeleteOldSnapshots.Run();
        });
        Acknowledge(durable: false);
    }

    /// <summary>Moves the head onto the last of the seals, which only the owner of the run can.</summary>
    private void MoveHead(ReadOnlySpan<Seal> seals)
    {
        var last = seals.IsEmpty ? chain.LastSeal : seals[^1];
        last.Write(sealBuffer);
        var moved = statements.MoveHead
            .Bind(1, chain.LastSequence + seals.Length)
            .Bind(2, sealBuffer)
            .Bind(3, Epoch)
            .Bind(4, chain.LastSequence)
            .Step();
        statements.MoveHead.Reset();
        if (!moved)
        {
            var (epoch, owner) = statements.CurrentOwner();
            throw epoch != Epoch
                ? new JournalFencedException(Run, Epoch, epoch, owner)
                : new JournalWriteException(Run, LastSequence, "its last event is not the one this process wrote", "Check it with `calibrate runs verify`");
        }
    }

    private void Write(bool durable, Action transaction)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (!isUsable)
        {
            throw new JournalWriteException(Run, LastSequence, "an earlier write failed", "Start again");
        }

        try
        {
            statements.SetDurable(durable);
            statements.Begin.Run();
            transaction();
            options.BeforeCommit?.Invoke();
            statements.Commit.Run();
            options.AfterCommit?.Invoke();
        }
        catch (SqliteException exception)
        {
            Abandon();
            throw SqliteErrors.WhileWriting(exception, Run, LastSequence);
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <summary>After a failure what the file holds is not known any more; only opening it again tells.</summary>
    private void Abandon()
    {
        isUsable = false;
        try
        {
            statements.Rollback.Run();
        }
        catch (SqliteException)
        {
            // There is no transaction left to roll back: SQLite already did, or the commit had gone through.
        }
    }

    private void Acknowledge(bool durable)
    {
        try
        {
            var logBytes = files.WriteAheadLogBytes;
            mark.Write(new Acknowledged(LastSequence, logBytes), durable);
            if (logBytes >= checkpointAt)
            {
                checkpointAt = TryCheckpoint(options.CheckpointPatience) ? options.CheckpointBytes : logBytes + options.CheckpointBytes;
            }
        }
        catch (SqliteException exception)
        {
            isUsable = false;
            throw SqliteErrors.WhileWriting(exception, Run, LastSequence);
        }
        catch (IOException exception)
        {
            isUsable = false;
            throw new JournalWriteException(Run, LastSequence, exception.Message, "Remove the cause", exception);
        }
    }

    private bool TryCheckpoint(TimeSpan patience)
    {
        if (!database.TryCheckpoint(patience, options.LockPatience))
        {
            return false;
        }

        mark.WriteCheckpoint(LastSequence, files.DatabaseBytes);
        return true;
    }

    /// <summary>Leaves one file behind, when no reader needs the log. Failing to costs the next opening a little time, no more.</summary>
    private void Tidy()
    {
        try
        {
            statements.SetDurable(true);
            if (TryCheckpoint(options.CheckpointPatience))
            {
                database.TidyOnClose();
            }
        }
        catch (Exception exception) when (exception is SqliteException or IOException)
        {
            // Every acknowledged event is in the log, and stays there for whoever opens the journal next.
        }
    }

    /// <summary>SQLite is synchronous: the work is done on the caller's thread, its failure is the task's.</summary>
    private static Task Completed(Action work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        try
        {
            work();
            return Task.CompletedTask;
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }
}
