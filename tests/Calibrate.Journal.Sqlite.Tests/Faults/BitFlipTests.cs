using System.Globalization;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.Sqlite.Tests.Faults;

/// <summary>Any one bit may flip in any file: it is found, or it was in slack space and every event reads back identical.</summary>
public sealed class BitFlipTests
{
    private const int Events = 30;

    /// <summary>Where in a journal of a killed writer the database ends and the log begins: all in the log, or the older part in the database.</summary>
    private const int AllInLog = 1 << 20, MostInDatabase = 64 << 10;

    [Fact]
    public Task Of_a_closed_journal() =>
        CheckAsync(JournalFiles.ClosedAsync(Events, KnownEvents.SmallAt), RunFiles.DatabaseName, KnownEvents.SmallAt, flips: 5000);

    [Theory]
    [InlineData(RunFiles.DatabaseName + "-wal", AllInLog, 4000)]
    [InlineData(RunFiles.DatabaseName + "-wal", MostInDatabase, 400)]
    [InlineData(RunFiles.DatabaseName, MostInDatabase, 400)]
    [InlineData("journal.mark", AllInLog, 200)]
    public Task Of_a_journal_whose_writer_was_killed(string file, int checkpointBytes, int flips)
    {
        Func<long, JournalEvent> at = checkpointBytes == AllInLog ? KnownEvents.SmallAt : KnownEvents.At;
        return CheckAsync(JournalFiles.KilledAsync(Events, at, new SqliteJournalOptions { CheckpointBytes = checkpointBytes }), file, at, flips);
    }

    private static async Task CheckAsync(Task<JournalFiles> whole, string file, Func<long, JournalEvent> at, int flips)
    {
        var files = await whole;
        using var runs = new TemporaryRuns();
        files.PutInto(runs.Files);
        var path = Path.Combine(runs.Files.Directory, file);
        var bits = new FileInfo(path).Length * 8;
        var random = new System.Random(4711);
        var found = 0;
        for (var i = 0; i < flips; i++)
        {
            var bit = random.NextInt64(bits);
            Flip(path, bit);
            found += await IsFoundAsync(() => runs.ReadAsync(), at, bit) ? 1 : 0;
            if (i % 10 == 0)
            {
                // Resuming writes, so it gets files of its own.
                files.PutInto(runs.Files);
                Flip(path, bit);
                await IsFoundAsync(() => ResumeAsync(runs), at, bit);
                files.PutInto(runs.Files);
            }
            else
            {
                Flip(path, bit);
            }
        }

        Assert.True(found > 0 || file == "journal.mark", "no flip was found: the check checks nothing");
    }

    private static async Task<List<JournalEntry>> ResumeAsync(TemporaryRuns runs)
    {
        await using var journal = runs.Open();
        await using var writer = await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner);
        Assert.Equal(Events, writer.LastSequence);
        return await runs.ReadAsync();
    }

    /// <summary>True when reading refused; false when every event read back identical; anything else fails the test.</summary>
    private static async Task<bool> IsFoundAsync(Func<Task<List<JournalEntry>>> read, Func<long, JournalEvent> at, long bit)
    {
        List<JournalEntry> entries;
        try
        {
            entries = await read();
        }
        catch (Exception exception) when (exception is JournalDamagedException or JournalFormatException or JournalUnavailableException)
        {
            return true;
        }

        Assert.True(entries.Count == Events, string.Create(CultureInfo.InvariantCulture, $"bit {bit} silently left {entries.Count} of {Events} events"));
        Assert.All(entries, entry => Assert.True(
            KnownEvents.Matches(entry, at(entry.Sequence)),
            string.Create(CultureInfo.InvariantCulture, $"bit {bit} silently changed event {entry.Sequence}")));
        return false;
    }

    private static void Flip(string path, long bit)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> one = stackalloc byte[1];
        RandomAccess.Read(file, one, bit / 8);
        one[0] ^= (byte)(1 << (int)(bit % 8));
        RandomAccess.Write(file, one, bit / 8);
    }
}
