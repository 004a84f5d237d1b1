namespace Calibrate.Runtime.Journals;

/// <summary>An event on its way into the journal: what the coordinator decided, as bytes.</summary>
/// <param name="Kind">Which event it is; the meaning belongs to the runtime, the journal only stores and seals it.</param>
/// <param name="Payload">Its content, at most <see cref="MaximumPayloadBytes"/>; must not change until the append has returned.</param>
public readonly record struct JournalEvent(int Kind, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The largest payload a journal accepts: 256 MiB. Blocks are flushed at 1 MiB, so this only stops accidents.</summary>
    public const int MaximumPayloadBytes = 1 << 28;
}

/// <summary>An event read back from the journal, its seal already checked.</summary>
/// <param name="Sequence">Its place in the run, counted from 1 without gaps.</param>
/// <param name="Epoch">The writer epoch that appended it; never falls along the journal.</param>
/// <param name="Kind">Which event it is.</param>
/// <param name="Payload">Its content; an own copy that stays valid.</param>
/// <param name="Seal">What binds it to everything before it.</param>
public sealed record JournalEntry(long Sequence, long Epoch, int Kind, ReadOnlyMemory<byte> Payload, Seal Seal);

/// <summary>The folded state of a run after the event <paramref name="Sequence"/>, its seal already checked.</summary>
/// <param name="Sequence">The last event that is folded in.</param>
/// <param name="Payload">The state; an own copy that stays valid.</param>
public sealed record JournalSnapshot(long Sequence, ReadOnlyMemory<byte> Payload);
