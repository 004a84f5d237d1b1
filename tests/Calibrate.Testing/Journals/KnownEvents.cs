using Calibrate.Runtime.Journals;

namespace Calibrate.Testing.Journals;

/// <summary>
/// A sequence of events that needs no storing to be recognised: the event at a sequence is a function of the sequence.
/// Most are small, one in eight fills some pages, one in fifty is large.
/// </summary>
public static class KnownEvents
{
    /// <summary>The event that stands at a sequence.</summary>
    public static JournalEvent At(long sequence)
    {
        var size = (sequence % 50, sequence % 8) switch
        {
            (49, _) => 150_000 + (int)(sequence % 1000),
            (_, 7) => 9_000 + (int)(sequence % 1000),
            _ => 40 + (int)(sequence * 37 % 400),
        };
        return Sized(sequence, size);
    }

    /// <summary>The small event that stands at a sequence, for journals that have to stay tiny.</summary>
    public static JournalEvent SmallAt(long sequence) => Sized(sequence, 20 + (int)(sequence * 37 % 200));

    /// <summary>The events of a range, both ends included.</summary>
    public static JournalEvent[] Range(long from, long to) => [.. Enumerable.Range(0, (int)(to - from + 1)).Select(i => At(from + i))];

    /// <summary>Whether an entry is the event that stands at its sequence.</summary>
    public static bool Matches(JournalEntry entry) => Matches(entry, At(entry.Sequence));

    /// <summary>Whether an entry is the given event.</summary>
    public static bool Matches(JournalEntry entry, JournalEvent expected) =>
        entry.Kind == expected.Kind && entry.Payload.Span.SequenceEqual(expected.Payload.Span);

    private static JournalEvent Sized(long sequence, int size)
    {
        var payload = new byte[size];
        var state = (ulong)sequence;
        for (var i = 0; i < size; i++)
        {
            // Knuth's multiplicative generator (TAOCP 3.3.4, line 26): any bytes do, as long as they are always the same.
            state = (state * 6364136223846793005UL) + 1442695040888963407UL;
            payload[i] = (byte)(state >> 56);
        }

        return new JournalEvent((int)(sequence % 5), payload);
    }
}
