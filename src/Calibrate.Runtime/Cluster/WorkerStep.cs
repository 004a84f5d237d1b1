using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Cluster;

/// <summary>What happens to a <c>WorkerAgent</c>, the worker's side of a cluster.</summary>
public abstract record WorkerInput
{
    private WorkerInput()
    {
    }

    /// <summary>A message arrived for this worker or for all.</summary>
    /// <param name="Message">The message.</param>
    public sealed record Arrived(ClusterMessage Message) : WorkerInput;

    /// <summary>Work arrived from a model's queue.</summary>
    /// <param name="Delivery">The transport's name for this delivery, to be acknowledged when the answer is safe.</param>
    /// <param name="Work">The work.</param>
    /// <param name="Redelivered">Whether it was delivered before, to somebody who vanished.</param>
    public sealed record Delivered(long Delivery, Work Work, bool Redelivered) : WorkerInput;

    /// <summary>The transport took a message that had asked for it (<see cref="WorkerOutput.Send.Confirm"/>).</summary>
    /// <param name="Confirm">Its number.</param>
    public sealed record Confirmed(long Confirm) : WorkerInput;

    /// <summary>A problem was built and proved on its canaries, or it was not possible.</summary>
    /// <param name="Session">The session that offered it.</param>
    /// <param name="Model">The fingerprint; null when it could not be built.</param>
    /// <param name="Canaries">Outcomes of the first canaries.</param>
    /// <param name="SecondsPerEvaluation">What one evaluation took.</param>
    /// <param name="Refusal">Why it could not be built; empty otherwise.</param>
    public sealed record Prepared(
        SessionId Session, ModelFingerprint? Model, IReadOnlyList<EvaluationOutcome> Canaries, double SecondsPerEvaluation, string Refusal)
        : WorkerInput;

    /// <summary>A slot finished what it was given.</summary>
    /// <param name="Slot">The slot, from 0.</param>
    /// <param name="Outcomes">Its answers, in order.</param>
    /// <param name="Elapsed">Seconds it took.</param>
    public sealed record Evaluated(int Slot, IReadOnlyList<SettledEvaluation> Outcomes, double Elapsed) : WorkerInput;

    /// <summary>The transport is there, for the first time or again: deliveries before it are void.</summary>
    public sealed record Connected : WorkerInput;

    /// <summary>The transport is gone; it reconnects by itself.</summary>
    public sealed record Disconnected : WorkerInput;

    /// <summary>The worker is to stop: what is being evaluated is finished, the rest goes back.</summary>
    public sealed record Stopping : WorkerInput;

    /// <summary>Time passed; wanted at least twice per second.</summary>
    public sealed record Passed : WorkerInput;
}

/// <summary>What a <c>WorkerAgent</c> wants done by the shell around it.</summary>
public abstract record WorkerOutput
{
    private WorkerOutput()
    {
    }

    /// <summary>Send a message.</summary>
    /// <param name="To">Where.</param>
    /// <param name="Message">What.</param>
    /// <param name="Confirm">
    /// Number under which the transport is to confirm that it has the message (<see cref="WorkerInput.Confirmed"/>); 0 when nobody waits for that.
    /// A transport that cannot confirm disconnects.
    /// </param>
    public sealed record Send(Destination To, ClusterMessage Message, long Confirm = 0) : WorkerOutput;

    /// <summary>Build a problem, make a slot for it, evaluate canaries, and answer with <see cref="WorkerInput.Prepared"/>.</summary>
    /// <param name="Offer">The offer.</param>
    public sealed record Prepare(Offer Offer) : WorkerOutput;

    /// <summary>Take work from a model's queue: said again with another prefetch, and after every reconnection.</summary>
    /// <param name="Model">The model.</param>
    /// <param name="Prefetch">Deliveries that may be unacknowledged at the same time.</param>
    public sealed record Consume(ModelFingerprint Model, int Prefetch) : WorkerOutput;

    /// <summary>Take no more work from a model's queue. What is being evaluated goes on; the model stays warm.</summary>
    /// <param name="Model">The model.</param>
    public sealed record Cease(ModelFingerprint Model) : WorkerOutput;

    /// <summary>Let go of a model and of its instance in every slot; none of them is evaluating it. It needs another <see cref="Prepare"/>.</summary>
    /// <param name="Model">The model.</param>
    public sealed record Release(ModelFingerprint Model) : WorkerOutput;

    /// <summary>Evaluate on a slot and answer with <see cref="WorkerInput.Evaluated"/>.</summary>
    /// <param name="Slot">The slot, from 0; it is idle.</param>
    /// <param name="Model">The model.</param>
    /// <param name="Requests">The evaluations.</param>
    public sealed record Evaluate(int Slot, ModelFingerprint Model, IReadOnlyList<EvaluationRequest> Requests) : WorkerOutput;

    /// <summary>Acknowledge a delivery: its answer is safe.</summary>
    /// <param name="Delivery">The delivery.</param>
    public sealed record Acknowledge(long Delivery) : WorkerOutput;

    /// <summary>Everything is done that a stopping worker had to do: the shell lets go of everything.</summary>
    public sealed record Stopped : WorkerOutput;
}
