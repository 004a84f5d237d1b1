using Calibrate.Inference;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;

namespace Calibrate.Testing.Simulation;

/// <summary>
/// Folds what a coordinator decides, after a round trip through the journal's format, and compares the serialised states after every
/// event: the live one, the fold, and a second fold that now and then starts over from a snapshot.
/// </summary>
public sealed class FoldCheck
{
    private readonly IMethod method;
    private readonly Random random;
    private readonly bool enabled;
    private readonly RunFold whole;
    private RunFold fromSnapshot;

    /// <summary>Begins at a state.</summary>
    /// <param name="method">The method.</param>
    /// <param name="state">The state before the first event; null for a new run.</param>
    /// <param name="enabled">Whether to check at all.</param>
    /// <param name="random">Decides when a snapshot is taken.</param>
    public FoldCheck(IMethod method, RunState? state, bool enabled, Random random)
    {
        this.method = method;
        this.random = random;
        this.enabled = enabled;
        whole = state is null ? new RunFold(method) : new RunFold(method, Copy(state));
        fromSnapshot = state is null ? new RunFold(method) : new RunFold(method, Copy(state));
    }

    /// <summary>Checks the state after an event.</summary>
    public void Check(RunEvent @event, RunState live)
    {
        if (!enabled)
        {
            return;
        }

        var buffers = new PayloadBuffers();
        var journaled = RunEventCodec.Encode(@event, buffers);
        whole.Evolve(RunEventCodec.Decode(journaled.Kind, journaled.Payload));
        fromSnapshot.Evolve(RunEventCodec.Decode(journaled.Kind, journaled.Payload));
        buffers.Return();

        var comparison = new StateComparison(method) { LooksForWork = @event is WorkerJoined or WorkerLeft or WorkerRefused or CanariesRecorded or VerdictReached or DisagreementFound };
        comparison.AssertSame(live, whole.State);
        comparison.AssertSame(live, fromSnapshot.State);
        if (random.Next(5) == 0)
        {
            fromSnapshot = new RunFold(method, Copy(live));
        }
    }

    private RunState Copy(RunState state) => RunSnapshotCodec.Read(RunSnapshotCodec.Write(state, method));
}
