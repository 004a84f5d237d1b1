using System.Globalization;
using System.Text;
using Calibrate.Runtime.Journals;

namespace Calibrate.Testing.Journals;

/// <summary>
/// What every provider of <see cref="IJournal"/> must do. A provider inherits it and says how to open its store:
/// <code>
/// public sealed class MyJournalConformanceTests : JournalConformance
/// {
///     protected override IJournal Open() => new MyJournal(...);
/// }
/// </code>
/// </summary>
public abstract partial class JournalConformance
{
    /// <summary>The run that most tests use.</summary>
    protected static readonly RunId Run = RunId.Parse("conformance");

    /// <summary>A journal over this test's own store, empty at first; every call opens the same store, as another process would.</summary>
    protected abstract IJournal Open();

    /// <summary>Makes the next append commit and then fail as if the connection had been lost; false where that cannot be done.</summary>
    protected virtual bool TryLoseNextAcknowledgement() => false;

    /// <summary>Makes the next append fail before it commits; false where that cannot be done.</summary>
    protected virtual bool TryLoseNextAppend() => false;

    private protected static AcquireOptions Owner(string name, bool takeover = false) =>
        new() { Owner = name, CreateIfMissing = true, Takeover = takeover };

    private protected static JournalEvent Event(int kind, string text) => new(kind, Encoding.UTF8.GetBytes(text));

    /// <summary>The events <paramref name="from"/> to <paramref name="to"/> of a sequence that every test knows.</summary>
    private protected static JournalEvent[] Events(int from, int to) =>
        [.. Enumerable.Range(from, to - from + 1).Select(i => Event(i % 7, string.Create(CultureInfo.InvariantCulture, $"event {i}")))];

    private protected static async Task<List<JournalEntry>> ReadAllAsync(IJournal journal, long from = 1, RunId? run = null)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in journal.ReadAsync(run ?? Run, from))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private protected async Task WriteAsync(IJournal journal, params JournalEvent[] events)
    {
        await using var writer = await journal.AcquireAsync(Run, Owner("test"));
        await writer.AppendAsync(events, durable: true);
    }
}
