namespace Calibrate.Runtime.Cluster;

/// <summary>A session as its worker sees it.</summary>
internal sealed class Seat
{
    public Seat(Offer offer, long turn)
    {
        Session = offer.Session;
        Offer = offer;
        Key = new ProofKey(offer);
        Dimension = offer.Canaries.Count > 0 ? offer.Canaries[0].Length : null;
        Turn = turn;
    }

    public SessionId Session { get; }

    /// <summary>What is to be proved: model and canaries.</summary>
    public ProofKey Key { get; }

    /// <summary>Length of its parameter vectors; null when it is not known.</summary>
    public int? Dimension { get; }

    /// <summary>When it came, among the others.</summary>
    public long Turn { get; }

    /// <summary>The offer, while it waits to be prepared.</summary>
    public Offer? Offer { get; private set; }

    public SeatState State { get; set; }

    /// <summary>The proof that was given.</summary>
    public Proof? Proof { get; private set; }

    /// <summary>The model as it was built here.</summary>
    public ModelFingerprint? Model => Proof?.Model;

    /// <summary>When the proof is sent again if nobody answers.</summary>
    public double ProofDue { get; set; }

    /// <summary>How often the proof was sent.</summary>
    public int Tries { get; set; }

    /// <summary>When the session was last heard.</summary>
    public double LastHeard { get; set; }

    /// <summary>The proof is there; problem and data are not needed any more.</summary>
    public void Prove(Proof proof)
    {
        Proof = proof;
        State = SeatState.Proved;
        Offer = null;
    }

    /// <summary>The session is over.</summary>
    public void End()
    {
        State = SeatState.Over;
        Proof = null;
        Offer = null;
    }
}

/// <summary>How far a session got with a worker.</summary>
internal enum SeatState
{
    /// <summary>Its offer waits to be prepared, or is being prepared.</summary>
    Waiting,

    /// <summary>The proof is on its way.</summary>
    Proved,

    /// <summary>The worker takes its work.</summary>
    Admitted,

    /// <summary>The worker may not take its work.</summary>
    Refused,

    /// <summary>It wants nothing any more.</summary>
    Over,
}

/// <summary>What a proof proves: the same for all runs with the same model and canaries.</summary>
/// <param name="Model">The model as it was offered.</param>
/// <param name="Canaries">Hash of the canaries.</param>
internal readonly record struct ProofKey(ModelFingerprint Model, ulong Canaries)
{
    public ProofKey(Offer offer)
        : this(offer.Model, ParameterHash.Of([.. offer.Canaries.Select(canary => ParameterHash.Of(canary))]))
    {
    }
}
