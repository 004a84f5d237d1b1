using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Runtime.Tests.Journals;

public sealed class InMemoryJournalConformanceTests : JournalConformance
{
    private readonly InMemoryStore store = new();

    protected override IJournal Open() => new InMemoryJournal(store);

    protected override bool TryLoseNextAcknowledgement() => store.LoseNextAcknowledgement = true;

    protected override bool TryLoseNextAppend() => store.LoseNextAppend = true;
}
