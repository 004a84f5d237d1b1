using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Journals;

/// <summary>These messages are what the user reads: what happened, what is lost, what to do.</summary>
public sealed class JournalExceptionsTests
{
    private static readonly RunId Run = RunId.Parse("climate");

    [Fact]
    public void Messages_are_sentences_for_the_user()
    {
        Assert.Equal(
            "There is no run 'climate' in /data/runs. `calibrate runs list` shows what there is.",
            new JournalNotFoundException(Run, "/data/runs").Message);
        Assert.Equal(
            "Run 'climate' is in use by process 7 on HOST. Stop that process, or take the run over with --takeover: it then loses the run at its next write.",
            new JournalLockedException(Run, "process 7 on HOST").Message);
        Assert.Equal(
            "Run 'climate' was taken over by process 8 on HOST (epoch 3, ours was 2). This process stops; the run continues there.",
            new JournalFencedException(Run, 2, 3, "process 8 on HOST").Message);
        Assert.Equal(
            "The journal of run 'climate' is damaged and cannot be read: SQLite says 'x'. Nothing was changed. Restore it from a copy, or start the run again under another name.",
            new JournalDamagedException(Run, null, "SQLite says 'x'").Message);
        Assert.Equal(
            "The journal of run 'climate' could not be written: the disk is full. Nothing is lost up to event 12. Free some space, then `calibrate resume climate`.",
            new JournalWriteException(Run, 12, "the disk is full", "Free some space").Message);
        Assert.Equal(
            "The journal of run 'climate' could not be opened: not enough memory. Nothing was changed; remove the cause and try again.",
            new JournalUnavailableException(Run, "not enough memory").Message);
    }
}
