using Calibrate.Runtime.Journals;

namespace Calibrate.Journal.PostgreSql;

/// <summary>An event with everything that is stored of it.</summary>
internal readonly record struct SealedEvent(long Sequence, int Kind, ReadOnlyMemory<byte> Payload, Seal Seal);

/// <summary>
/// The end of the journal that a crash of the server may still take back, because nobody waited for its disk: kept so that it can be
/// written again, with the same sequences and seals.
/// </summary>
internal sealed class UnflushedTail(long sequence, Seal seal)
{
    private readonly List<SealedEvent> events = [];
    private int kept;

    /// <summary>The last event that is certain to be on the server's disk.</summary>
    public long Flushed { get; private set; } = sequence;

    /// <summary>The last event of the tail.</summary>
    public long Last => Flushed + events.Count;

    /// <summary>Payload that was acknowledged and is not certain to be on the disk.</summary>
    public long Bytes { get; private set; }

    private Seal FlushedSeal { get; set; } = seal;

    /// <summary>Adds events on their way to the server; their payloads are the caller's until <see cref="Keep"/>.</summary>
    public void Add(IReadOnlyList<JournalEvent> added, IReadOnlyList<Seal> seals)
    {
        var next = Last + 1;
        for (var i = 0; i < added.Count; i++)
        {
            events.Add(new SealedEvent(next + i, added[i].Kind, added[i].Payload, seals[i]));
        }
    }

    /// <summary>What was added is stored but not certain to be on the disk: copies it.</summary>
    public void Keep()
    {
        for (; kept < events.Count; kept++)
        {
            events[kept] = events[kept] with { Payload = events[kept].Payload.ToArray() };
            Bytes += events[kept].Payload.Length;
        }
    }

    /// <summary>Everything up to the end is on the disk: forgets it.</summary>
    public void Forget()
    {
        if (events.Count > 0)
        {
            (Flushed, FlushedSeal) = (events[^1].Sequence, events[^1].Seal);
        }

        events.Clear();
        (kept, Bytes) = (0, 0);
    }

    /// <summary>The events behind a sequence of the tail.</summary>
    public List<SealedEvent> After(long stored) => events[(int)(stored - Flushed)..];

    /// <summary>Whether a stored event is one that this tail could have written: in its range, with the seal that it has here.</summary>
    public bool Knows(long stored, Seal storedSeal) =>
        stored == Flushed ? storedSeal == FlushedSeal : stored > Flushed && stored <= Last && events[(int)(stored - Flushed) - 1].Seal == storedSeal;
}
