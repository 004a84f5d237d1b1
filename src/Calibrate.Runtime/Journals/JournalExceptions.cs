namespace Calibrate.Runtime.Journals;

/// <summary>Anything a journal refuses or fails at. The message is for the user: what happened, what is lost, what to do.</summary>
public abstract class JournalException : Exception
{
    /// <summary>Creates the exception.</summary>
    protected JournalException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>There is no journal of this run.</summary>
public sealed class JournalNotFoundException(RunId run, string place)
    : JournalException($"There is no run '{run}' in {place}. `calibrate runs list` shows what there is.")
{
    /// <summary>The run that was asked for.</summary>
    public RunId Run { get; } = run;
}

/// <summary>Another live process owns the run.</summary>
public sealed class JournalLockedException(RunId run, string owner)
    : JournalException(
        $"Run '{run}' is in use by {owner}. Stop that process, or take the run over with --takeover: it then loses the run at its next write.")
{
    /// <summary>The run.</summary>
    public RunId Run { get; } = run;

    /// <summary>The owner, as it described itself.</summary>
    public string Owner { get; } = owner;
}

/// <summary>A newer epoch owns the run: this writer must stop. Nothing of the failed append was written.</summary>
public sealed class JournalFencedException(RunId run, long epoch, long currentEpoch, string owner)
    : JournalException(
        $"Run '{run}' was taken over by {owner} (epoch {currentEpoch}, ours was {epoch}). This process stops; the run continues there.")
{
    /// <summary>The run.</summary>
    public RunId Run { get; } = run;

    /// <summary>The epoch that lost.</summary>
    public long Epoch { get; } = epoch;

    /// <summary>The epoch that owns the run now.</summary>
    public long CurrentEpoch { get; } = currentEpoch;
}

/// <summary>The journal does not hold what was written to it. Nothing is repaired silently.</summary>
public sealed class JournalDamagedException : JournalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="run">The run.</param>
    /// <param name="sequence">The event that is damaged or missing; null when the damage cannot be tied to one.</param>
    /// <param name="reason">What is wrong with it, as the end of a sentence.</param>
    /// <param name="inner">The provider's exception.</param>
    public JournalDamagedException(RunId run, long? sequence, string reason, Exception? inner = null)
        : base(Text(run, sequence, reason), inner)
    {
        Run = run;
        Sequence = sequence;
        Reason = reason;
    }

    /// <summary>The run.</summary>
    public RunId Run { get; }

    /// <summary>The event that is damaged or missing; null when the damage cannot be tied to one.</summary>
    public long? Sequence { get; }

    /// <summary>What is wrong, without the run and the event.</summary>
    public string Reason { get; }

    private static string Text(RunId run, long? sequence, string reason)
    {
        var place = sequence is { } event_ ? $"at event {event_}" : "and cannot be read";
        return $"The journal of run '{run}' is damaged {place}: {reason}. Nothing was changed. Restore it from a copy, or start the run again under another name.";
    }
}

/// <summary>The journal could not be read for a reason that says nothing about its content: permissions, I/O, a busy file, an absent server.</summary>
public sealed class JournalUnavailableException : JournalException
{
    /// <summary>One run's journal could not be opened.</summary>
    /// <param name="run">The run.</param>
    /// <param name="reason">Why not, as the end of a sentence.</param>
    /// <param name="inner">The provider's exception.</param>
    public JournalUnavailableException(RunId run, string reason, Exception? inner = null)
        : base($"The journal of run '{run}' could not be opened: {reason}. Nothing was changed; remove the cause and try again.", inner) => Run = run;

    /// <summary>The place where all journals are could not be opened.</summary>
    /// <param name="message">What was tried, what is wrong and what to do, in whole sentences.</param>
    /// <param name="inner">The provider's exception.</param>
    public JournalUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The run; null when it is about all of them.</summary>
    public RunId? Run { get; }
}

/// <summary>The file or database is no journal of ours, or one that another version wrote.</summary>
public sealed class JournalFormatException(string message) : JournalException(message);

/// <summary>
/// The journal could not be written: disk full, I/O error, lost connection. Whether the failed append happened is not
/// known; the writer is of no further use. Acquire the run again and read back what is there before anything is appended.
/// </summary>
public sealed class JournalWriteException : JournalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="run">The run.</param>
    /// <param name="lastSequence">The last event that is known to be stored.</param>
    /// <param name="reason">What went wrong, as the middle of a sentence.</param>
    /// <param name="advice">What the user can do before resuming.</param>
    /// <param name="inner">The provider's exception.</param>
    public JournalWriteException(RunId run, long lastSequence, string reason, string advice, Exception? inner = null)
        : base(
            $"The journal of run '{run}' could not be written: {reason}. Nothing is lost up to event {lastSequence}. {advice}, then `calibrate resume {run}`.",
            inner)
    {
        Run = run;
        LastSequence = lastSequence;
    }

    /// <summary>The run.</summary>
    public RunId Run { get; }

    /// <summary>The last event that is known to be stored; the failed append may or may not be behind it.</summary>
    public long LastSequence { get; }
}
