using System.Runtime.CompilerServices;

namespace Calibrate.Runtime.Journals;

/// <summary>
/// The append-only, hash-chained record of every run: the port that the coordinator writes to and everything else reads.
/// A run's state is a fold over its events.
/// </summary>
/// <remarks>
/// <para>One writer at a time: <see cref="AcquireAsync"/> starts a new epoch, and an append of an older epoch fails inside
/// its transaction. Any number of readers, also in other processes, while the writer writes.</para>
/// <para>After a <see cref="JournalWriteException"/> (disk full, lost connection) the last append may or may not have
/// happened: dispose of the writer, acquire again, and read from the last event you know before you append anything.</para>
/// <para>Whatever is read was checked: a tail that was never acknowledged is discarded when the run is next opened, any
/// other damage throws <see cref="JournalDamagedException"/> and names the event.</para>
/// <para>Implementations are safe for concurrent use; a writer is for one caller at a time.</para>
/// </remarks>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Starts a new writer epoch. The last event is checked before this returns.</summary>
    /// <exception cref="JournalLockedException">The owner lives and takeover was not asked for.</exception>
    /// <exception cref="JournalNotFoundException">No such run, and it was not to be created.</exception>
    /// <exception cref="JournalDamagedException">The end of the journal is not what was written.</exception>
    /// <exception cref="JournalFormatException">No journal of ours, or a newer version's.</exception>
    /// <exception cref="JournalUnavailableException">Permissions, a full disk, an unreachable server.</exception>
    Task<IJournalWriter> AcquireAsync(RunId run, AcquireOptions options, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the events from <paramref name="fromSequence"/> to the newest one at the time it is reached, checking each
    /// event and its link to the one before. No lock is held between events, so a slow reader never holds up the writer.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="fromSequence">From 1; one past the last event reads nothing.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalNotFoundException">No such run.</exception>
    /// <exception cref="JournalDamagedException">An event is not what was written, or is missing.</exception>
    /// <exception cref="JournalFormatException">No journal of ours, or a newer version's.</exception>
    IAsyncEnumerable<JournalEntry> ReadAsync(RunId run, long fromSequence = 1, CancellationToken cancellationToken = default);

    /// <summary>
    /// As <see cref="ReadAsync"/>, for readers of gigabytes: a payload is valid only until the next event is asked for, so that its memory can be
    /// used again.
    /// </summary>
    /// <inheritdoc cref="ReadAsync"/>
    IAsyncEnumerable<JournalEntry> ReadTransientAsync(RunId run, long fromSequence = 1, CancellationToken cancellationToken = default) =>
        ReadAsync(run, fromSequence, cancellationToken);

    /// <summary>
    /// Where the events of one kind stand, in order, without reading them: what is there to choose from for <see cref="ReadSelectedAsync"/>. Nothing
    /// is checked yet.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="fromSequence">From 1; one past the last event finds nothing.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="JournalNotFoundException">No such run.</exception>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    async Task<IReadOnlyList<JournalPlace>> FindAsync(RunId run, int kind, long fromSequence = 1, CancellationToken cancellationToken = default)
    {
        List<JournalPlace> places = [];
        await foreach (var entry in ReadTransientAsync(run, fromSequence, cancellationToken))
        {
            if (entry.Kind == kind)
            {
                places.Add(new JournalPlace(entry.Sequence, entry.Payload.Length));
            }
        }

        return places;
    }

    /// <summary>
    /// Reads some events by their places, each checked, together with its link to the one before: a look at gigabytes. A payload is valid only
    /// until the next event is asked for. Places behind the last event are left out.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="sequences">The places, in any order; events come in the same.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <inheritdoc cref="ReadAsync"/>
    async IAsyncEnumerable<JournalEntry> ReadSelectedAsync(
        RunId run, IReadOnlyList<long> sequences, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        foreach (var sequence in sequences)
        {
            await foreach (var entry in ReadAsync(run, sequence, cancellationToken))
            {
                yield return entry;
                break;
            }
        }
    }

    /// <summary>
    /// The newest snapshot that is intact, or null. A damaged snapshot costs only time, since the events still hold
    /// everything; <see cref="VerifyAsync"/> reports it.
    /// </summary>
    /// <exception cref="JournalNotFoundException">No such run.</exception>
    /// <exception cref="JournalDamagedException">The journal cannot be read.</exception>
    Task<JournalSnapshot?> ReadSnapshotAsync(RunId run, CancellationToken cancellationToken = default);

    /// <summary>Every run that has a journal, in ordinal order of the names.</summary>
    Task<IReadOnlyList<RunId>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes a run's journal.</summary>
    /// <exception cref="JournalLockedException">The owner lives.</exception>
    /// <exception cref="JournalNotFoundException">No such run.</exception>
    Task DeleteAsync(RunId run, CancellationToken cancellationToken = default);

    /// <summary>Reads and checks everything: every event, every link, every snapshot. Reports damage, does not throw for it.</summary>
    /// <exception cref="JournalNotFoundException">No such run.</exception>
    Task<JournalVerification> VerifyAsync(RunId run, CancellationToken cancellationToken = default);
}

/// <summary>The one writer of a run's journal in one epoch. Disposing of it lets go of the run.</summary>
public interface IJournalWriter : IAsyncDisposable
{
    /// <summary>The run.</summary>
    RunId Run { get; }

    /// <summary>This writer's epoch, from 1.</summary>
    long Epoch { get; }

    /// <summary>The last event that is stored; 0 for an empty journal.</summary>
    long LastSequence { get; }

    /// <summary>Appends the events in one transaction: all of them or none. An empty list does nothing.</summary>
    /// <param name="events">In order; kinds of at least 0.</param>
    /// <param name="durable">
    /// Whether the events (and so everything before them) must survive a power cut once this has returned. Without it they
    /// survive the end of the process, but a power cut may take them back to the last durable append, never further.
    /// </param>
    /// <param name="cancellationToken">Looked at before the transaction starts, not after.</param>
    /// <exception cref="JournalFencedException">A newer epoch owns the run; nothing was written.</exception>
    /// <exception cref="JournalWriteException">Not stored, or not known to be; the writer is of no further use.</exception>
    Task AppendAsync(IReadOnlyList<JournalEvent> events, bool durable, CancellationToken cancellationToken = default);

    /// <summary>Stores the folded state after <see cref="LastSequence"/>; the newest two snapshots are kept.</summary>
    /// <exception cref="InvalidOperationException">The journal is empty.</exception>
    /// <exception cref="JournalFencedException">A newer epoch owns the run; nothing was written.</exception>
    /// <exception cref="JournalWriteException">Not stored, or not known to be; the writer is of no further use.</exception>
    Task SaveSnapshotAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default);
}
