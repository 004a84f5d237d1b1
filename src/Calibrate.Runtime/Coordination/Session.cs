namespace Calibrate.Runtime.Coordination;

/// <summary>
/// What a coordinator knows besides its run's state, and may forget at any moment: how the engine works, what it was told to do, what
/// is being judged, whether somebody wants to stop.
/// </summary>
internal sealed class Session
{
    private readonly int[] granted;
    private readonly double[] lastCut;
    private readonly VerdictRules rules;
    private List<long> answered = [];
    private SlotsChanged? resized;

    public Session(int ensembles, VerdictRules rules)
    {
        this.rules = rules;
        granted = new int[ensembles];
        lastCut = new double[ensembles];
        Array.Fill(granted, int.MinValue);
    }

    /// <summary>How work is handed out; null until the engine is ready.</summary>
    public ExecutionMode? Mode { get; private set; }

    /// <summary>The dataflow scheduler, in the modes that have one.</summary>
    public Dispatcher? Dispatcher { get; private set; }

    /// <summary>Why the session is coming to an end; null while it is not.</summary>
    public StopCause? Stopping { get; private set; }

    /// <summary>The text for the user that belongs to <see cref="Stopping"/>.</summary>
    public string StopReason { get; private set; } = "";

    /// <summary>Whether the engine was told to stop.</summary>
    public bool Cancelled { get; set; }

    /// <summary>Whether the engine has nothing under way that could still become a block.</summary>
    public bool Quiet { get; private set; } = true;

    /// <summary>The checkpoint that is being judged; 0 when none is.</summary>
    public int Judging { get; set; }

    /// <summary>Takes in that the engine has another number of slots, also before it says that it is ready.</summary>
    public void Resize(SlotsChanged changed)
    {
        resized = changed;
        Dispatcher?.Resize(changed.Slots, changed.SecondsPerEvaluation);
    }

    public void Begin(EngineReady ready)
    {
        Mode = ready.Mode;
        Quiet = false;
        Dispatcher = ready.Mode == ExecutionMode.Blocks
            ? null
            : new Dispatcher(ready.Slots, ready.Mode == ExecutionMode.Barrier, ready.SecondsPerEvaluation, rules.Timeout);
        if (resized is not null)
        {
            Resize(resized);
        }
    }

    /// <summary>Remembers which batches were answered for.</summary>
    public void Note(EvaluationsReturned returned)
    {
        foreach (var answer in returned.Answers)
        {
            answered.Add(answer.Batch);
        }
    }

    /// <summary>The batches that were answered for since the last call.</summary>
    public IReadOnlyList<long> TakeAnswered()
    {
        var taken = answered;
        answered = taken.Count == 0 ? taken : [];
        return taken;
    }

    /// <summary>Begins to stop. The first cause counts, except that a disagreement outweighs every other.</summary>
    public void Stop(StopCause cause, string reason)
    {
        if (Stopping is null || (cause == StopCause.Disagreed && Stopping != cause))
        {
            (Stopping, StopReason) = (cause, reason);
        }

        Quiet |= Mode is null;
    }

    public void FallQuiet() => Quiet = true;

    /// <summary>Whether an ensemble must be told to run further, and remembers that it was.</summary>
    public bool Grant(int ensemble, int to)
    {
        if (to <= granted[ensemble])
        {
            return false;
        }

        granted[ensemble] = to;
        return true;
    }

    public double LastCut(int ensemble) => lastCut[ensemble];

    public void Cut(int ensemble, double now) => lastCut[ensemble] = now;
}

/// <summary>Why a session ends before its run does.</summary>
internal enum StopCause
{
    /// <summary>Somebody asked for it.</summary>
    Requested,

    /// <summary>The stop rule's wall time is used up.</summary>
    WallTime,

    /// <summary>Two workers disagree: a run must not complete before somebody looked at that.</summary>
    Disagreed,
}
