using Calibrate.Runtime.Journals;

namespace Calibrate.Simulator.Scaling;

/// <summary>A journal's writer that keeps nothing: scaling simulations crash nowhere and may be long.</summary>
internal sealed class ForgetfulWriter(RunId run) : IJournalWriter
{
    public RunId Run => run;

    public long Epoch => 1;

    public long LastSequence { get; private set; }

    public Task AppendAsync(IReadOnlyList<JournalEvent> events, bool durable, CancellationToken cancellationToken = default)
    {
        LastSequence += events.Count;
        return Task.CompletedTask;
    }

    public Task SaveSnapshotAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
