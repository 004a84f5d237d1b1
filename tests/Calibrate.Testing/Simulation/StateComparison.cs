using Calibrate.Inference;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;
using Xunit;

namespace Calibrate.Testing.Simulation;

/// <summary>Compares states of a run by their bytes.</summary>
/// <param name="method">The method.</param>
public sealed class StateComparison(IMethod method)
{
    /// <summary>
    /// Whether states are also the same if they become the same once their ensembles looked for work. An ensemble that does so passes the iterations in which
    /// the prior alone decided every step, which a journal does not tell of: news of workers may be journaled before or after that.
    /// </summary>
    public bool LooksForWork { get; init; }

    /// <summary>Asserts that two states are the same.</summary>
    public void AssertSame(RunState expected, RunState actual)
    {
        var (first, second) = (RunSnapshotCodec.Write(expected, method), RunSnapshotCodec.Write(actual, method));
        if (LooksForWork && !first.AsSpan().SequenceEqual(second))
        {
            (first, second) = (AfterLookingForWork(first), AfterLookingForWork(second));
        }

        Assert.Equal(first, second);
    }

    private byte[] AfterLookingForWork(byte[] state)
    {
        var copy = RunSnapshotCodec.Read(state);
        foreach (var ensemble in copy.Ensembles)
        {
            ensemble.Awaken(method).TakeReady(copy.Horizon, []);
        }

        return RunSnapshotCodec.Write(copy, method);
    }
}
