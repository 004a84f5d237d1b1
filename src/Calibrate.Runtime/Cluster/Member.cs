namespace Calibrate.Runtime.Cluster;

/// <summary>What a fleet knows of one worker.</summary>
/// <param name="worker">Who it is.</param>
internal sealed class Member(WorkerId worker)
{
    public WorkerId Worker { get; } = worker;

    public MemberState State { get; set; }

    /// <summary>Whether it was heard recently.</summary>
    public bool Present { get; set; } = true;

    public double LastHeard { get; set; }

    /// <summary>Name of its machine; empty until it says so.</summary>
    public string Host { get; set; } = "";

    public int Process { get; set; }

    /// <summary><c>thread</c> or <c>process</c>; empty until it says so.</summary>
    public string Isolation { get; set; } = "";

    /// <summary>What it said last of its work for all runs; null until it says so.</summary>
    public WorkerLoad? Load { get; set; }

    /// <summary>Slots it proved to have.</summary>
    public int Slots { get; set; }

    /// <summary>What an evaluation took when it proved itself.</summary>
    public double SecondsPerEvaluation { get; set; }

    /// <summary>Why it was refused.</summary>
    public string Refusal { get; set; } = "";

    /// <summary>Offers that were sent to it alone.</summary>
    public int Offers { get; set; }

    /// <summary>No further offer before this time.</summary>
    public double OfferDue { get; set; } = double.NegativeInfinity;

    /// <summary>Whether it evaluates now.</summary>
    public bool Works => Present && State == MemberState.Admitted;

    /// <summary>Host, process and slots, for the operator.</summary>
    public string Description => FormattableString.Invariant(
        $"{(Host.Length > 0 ? $"{Host}, process {Process}" : Worker.Name)}, {Slots} {(Slots == 1 ? "slot" : "slots")}");
}

/// <summary>How far a worker got with a session.</summary>
internal enum MemberState
{
    /// <summary>It has not proved itself yet.</summary>
    Unproved,

    /// <summary>It may evaluate.</summary>
    Admitted,

    /// <summary>It may not, for the rest of the session.</summary>
    Refused,
}
