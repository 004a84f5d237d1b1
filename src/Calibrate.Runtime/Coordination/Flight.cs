using Calibrate.Inference;

namespace Calibrate.Runtime.Coordination;

/// <summary>An evaluation that an ensemble handed out and that is not settled yet: it waits, or some batches under way hold it.</summary>
internal sealed class Flight(EvaluationRequest request)
{
    public EvaluationRequest Request => request;

    public EvaluationId Id => request.Id;

    /// <summary>Batches under way that hold it: two when it is hedged.</summary>
    public int Copies { get; set; }

    /// <summary>How often nobody answered for it in time: every time, it is given twice as long.</summary>
    public int Silences { get; set; }

    /// <summary>Whether it waits for a slot.</summary>
    public bool Waiting { get; set; }

    /// <summary>Whether its outcome came in: whatever else comes in for it is late.</summary>
    public bool Answered { get; set; }
}
