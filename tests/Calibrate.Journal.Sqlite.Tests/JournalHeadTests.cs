using Calibrate.Journal.Sqlite.Tests.Faults;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class JournalHeadTests
{
    private const int Events = 40;

    [Theory]
    [InlineData("DELETE FROM events WHERE sequence = 40", 40, "it is missing, and the journal has 40 events")]
    [InlineData("INSERT INTO events SELECT 41, epoch, kind, seal, payload FROM events WHERE sequence = 40", 41, "it stands behind the last event, 40")]
    [InlineData("UPDATE events SET kind = kind + 1 WHERE sequence = 40", 40, "its content does not match its CRC-32C")]
    [InlineData("UPDATE events SET epoch = 2 WHERE sequence = 40", 40, "its content does not match its CRC-32C")]
    [InlineData("UPDATE events SET kind = 1 << 40 WHERE sequence = 40", 40, "it has the impossible kind 1099511627776")]
    [InlineData("UPDATE events SET seal = x'00' WHERE sequence = 40", 40, "its seal has 1 bytes instead of 36")]
    [InlineData("UPDATE events SET seal = (SELECT seal FROM events WHERE sequence = 38) WHERE sequence = 39", 40, "its SHA-256 seal does not continue the event before it")]
    [InlineData("UPDATE head SET seal = (SELECT seal FROM events WHERE sequence = 39)", 40, "the journal's head has another seal for it")]
    [InlineData("UPDATE head SET sequence = 39", 40, "it stands behind the last event, 39")]
    [InlineData("DELETE FROM head", null, "it has no head")]
    public async Task Tampering_with_the_end_is_refused(string sql, int? sequence, string reason)
    {
        using var runs = new TemporaryRuns();
        (await JournalFiles.ClosedAsync(Events, KnownEvents.SmallAt)).PutInto(runs.Files);
        JournalFiles.Tamper(runs.Files, sql);

        await using var journal = runs.Open();
        var refused = await Assert.ThrowsAsync<JournalDamagedException>(() => journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner));
        Assert.Equal(sequence, refused.Sequence);
        Assert.Equal(reason, refused.Reason);
        Assert.False((await journal.VerifyAsync(TemporaryRuns.Run)).Intact);
    }
}
