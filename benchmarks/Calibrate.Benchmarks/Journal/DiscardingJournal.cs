using System.Runtime.CompilerServices;
using Calibrate.Runtime.Journals;

namespace Calibrate.Benchmarks.Journal;

/// <summary>A journal that keeps nothing: what a run costs without one.</summary>
internal sealed class DiscardingJournal : IJournal
{
    public Task<IJournalWriter> AcquireAsync(RunId run, AcquireOptions options, CancellationToken cancellationToken = default) =>
        Task.FromResult<IJournalWriter>(new Writer(run));

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        RunId run, long fromSequence = 1, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield break;
    }

    public Task<JournalSnapshot?> ReadSnapshotAsync(RunId run, CancellationToken cancellationToken = default) =>
        Task.FromResult<JournalSnapshot?>(null);

    public Task<IReadOnlyList<RunId>> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<RunId>>([]);

    public Task DeleteAsync(RunId run, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<JournalVerification> VerifyAsync(RunId run, CancellationToken cancellationToken = default) =>
        Task.FromResult(new JournalVerification(0, 0, 0, Seal.Genesis, []));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Writer(RunId run) : IJournalWriter
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
}
