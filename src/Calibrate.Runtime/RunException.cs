namespace Calibrate.Runtime;

/// <summary>A run cannot go on, for a reason its user can act on. The message is meant to be shown as it is.</summary>
public class RunException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do, in one or a few lines.</param>
    /// <param name="cause">The exception behind it, if any.</param>
    public RunException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>What was asked is not possible as it stands; nothing was started and nothing was written.</summary>
public class RunRefusedException : RunException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was asked, what stands against it, what to do.</param>
    public RunRefusedException(string message)
        : base(message)
    {
    }
}

/// <summary>There is no run of that name.</summary>
public sealed class RunNotFoundException : RunRefusedException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The name looked for, and how to see the names there are.</param>
    public RunNotFoundException(string message)
        : base(message)
    {
    }
}

/// <summary>The problem of a resumed run is not the problem it was started with.</summary>
public sealed class ProblemChangedException : RunRefusedException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The whole text for the user, the differences included.</param>
    /// <param name="differences">One line per changed key.</param>
    public ProblemChangedException(string message, IReadOnlyList<string> differences)
        : base(message)
    {
        Differences = differences;
    }

    /// <summary>One line per key that changed in a way that would change the chain.</summary>
    public IReadOnlyList<string> Differences { get; }
}

/// <summary>The run was started on a platform whose floating-point results may differ from this one's.</summary>
public sealed class PlatformChangedException : RunRefusedException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Both platforms, and how to accept the change.</param>
    public PlatformChangedException(string message)
        : base(message)
    {
    }
}

/// <summary>The journal took no more events: a full disk, an I/O error, or another coordinator that took the run over.</summary>
/// <remarks>The run stopped where the journal ends and can be resumed from there.</remarks>
public sealed class RunJournalException : RunException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, how far the run is safe, and how to resume.</param>
    /// <param name="cause">The journal's own exception.</param>
    public RunJournalException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
