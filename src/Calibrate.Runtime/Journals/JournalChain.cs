namespace Calibrate.Runtime.Journals;

/// <summary>
/// The end of a journal as its chain of seals sees it: seals the next event when writing, checks it when reading.
/// Providers hand rows through it, so that every one of them finds the same damage and words it the same way.
/// For one thread at a time.
/// </summary>
public sealed class JournalChain : IDisposable
{
    private readonly JournalSeal seal = new();
    private readonly RunId run;

    /// <summary>A chain that continues after a known event.</summary>
    /// <param name="run">The run, for messages.</param>
    /// <param name="lastSequence">The event to continue after; 0 for the start of the journal.</param>
    /// <param name="lastSeal">Its stored seal; <see cref="Seal.Genesis"/> for the start of the journal.</param>
    public JournalChain(RunId run, long lastSequence = 0, Seal lastSeal = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lastSequence);
        this.run = run;
        LastSequence = lastSequence;
        LastSeal = lastSeal;
    }

    /// <summary>The last event of the chain; 0 at the start.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Its seal.</summary>
    public Seal LastSeal { get; private set; }

    /// <summary>
    /// The seals that the events get when they follow the chain's end, in order. The chain does not move: call
    /// <see cref="Advance"/> once they are stored.
    /// </summary>
    /// <exception cref="ArgumentException">A negative kind or a payload that is too large.</exception>
    public Seal[] SealNext(long epoch, IReadOnlyList<JournalEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var seals = new Seal[events.Count];
        var previous = LastSeal;
        for (var i = 0; i < seals.Length; i++)
        {
            var next = events[i];
            ArgumentOutOfRangeException.ThrowIfNegative(next.Kind);
            if (next.Payload.Length > JournalEvent.MaximumPayloadBytes)
            {
                throw new ArgumentException(
                    $"An event of {next.Payload.Length} bytes is too large for a journal: at most {JournalEvent.MaximumPayloadBytes}.", nameof(events));
            }

            previous = seals[i] = seal.OfEvent(previous, LastSequence + 1 + i, epoch, next.Kind, next.Payload.Span);
        }

        return seals;
    }

    /// <summary>Moves the end past events that are now stored.</summary>
    public void Advance(IReadOnlyList<Seal> seals)
    {
        ArgumentNullException.ThrowIfNull(seals);
        if (seals.Count > 0)
        {
            LastSequence += seals.Count;
            LastSeal = seals[^1];
        }
    }

    /// <summary>Checks a stored event that must follow the chain's end, and moves the end onto it.</summary>
    /// <exception cref="JournalDamagedException">It is not the next event, or not what was written.</exception>
    public JournalEntry Accept(long sequence, long epoch, int kind, ReadOnlyMemory<byte> payload, Seal stored)
    {
        var expected = LastSequence + 1;
        if (sequence != expected)
        {
            throw new JournalDamagedException(run, expected, $"it is missing, event {sequence} stands in its place");
        }

        var computed = seal.OfEvent(LastSeal, sequence, epoch, kind, payload.Span);
        if (computed != stored)
        {
            throw new JournalDamagedException(
                run,
                sequence,
                computed.Crc32C != stored.Crc32C
                    ? "its content does not match its CRC-32C"
                    : "its SHA-256 seal does not continue the event before it");
        }

        LastSequence = sequence;
        LastSeal = stored;
        return new JournalEntry(sequence, epoch, kind, payload, stored);
    }

    /// <summary>Whether a stored snapshot is what was written and belongs to the event at its sequence.</summary>
    /// <param name="sealOfEvent">The stored seal of the event at <paramref name="sequence"/>.</param>
    /// <param name="sequence">The snapshot's sequence.</param>
    /// <param name="payload">Its content.</param>
    /// <param name="stored">Its stored seal.</param>
    public bool IsIntactSnapshot(Seal sealOfEvent, long sequence, ReadOnlySpan<byte> payload, Seal stored) =>
        seal.OfSnapshot(sealOfEvent, sequence, payload) == stored;

    /// <summary>The seal of a snapshot at the chain's end.</summary>
    /// <exception cref="InvalidOperationException">The journal is empty.</exception>
    public Seal SealSnapshot(ReadOnlySpan<byte> payload) => LastSequence > 0
        ? seal.OfSnapshot(LastSeal, LastSequence, payload)
        : throw new InvalidOperationException("An empty journal has no state to take a snapshot of.");

    /// <inheritdoc/>
    public void Dispose() => seal.Dispose();
}
