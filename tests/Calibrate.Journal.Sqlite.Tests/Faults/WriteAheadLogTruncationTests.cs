using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.Sqlite.Tests.Faults;

/// <summary>A log that ends early is what a power cut leaves: the journal goes on from the last whole transaction.</summary>
public sealed class WriteAheadLogTruncationTests
{
    private const int Events = 60;
    private const int HeaderBytes = 32;
    private static readonly int FrameBytes = new SqliteJournalOptions().PageBytes + 24;

    public static TheoryData<int> CheckpointBytes => [1 << 20, 300 << 10];

    [Theory]
    [MemberData(nameof(CheckpointBytes))]
    public async Task Cut_at_every_frame_the_journal_resumes_from_a_valid_prefix(int checkpointBytes)
    {
        var killed = await JournalFiles.KilledAsync(Events, KnownEvents.At, new SqliteJournalOptions { CheckpointBytes = checkpointBytes });
        var frames = (killed.WriteAheadLog.Length - HeaderBytes) / FrameBytes;
        Assert.True(frames > 10, $"only {frames} frames in the log");
        await CheckCutsAsync(killed, Enumerable.Range(0, frames + 1).Select(frame => HeaderBytes + (frame * FrameBytes)));
    }

    [Fact]
    public async Task Cut_at_200_random_bytes_the_journal_resumes_from_a_valid_prefix()
    {
        var killed = await JournalFiles.KilledAsync(Events, KnownEvents.At, new SqliteJournalOptions());
        var random = new System.Random(20260131);
        await CheckCutsAsync(killed, Enumerable.Range(0, 200).Select(_ => random.Next(killed.WriteAheadLog.Length)).Append(0).Order());
    }

    /// <summary>Cuts from short to long: what survives never becomes less, and is everything in the end.</summary>
    private static async Task CheckCutsAsync(JournalFiles killed, IEnumerable<int> lengths)
    {
        using var runs = new TemporaryRuns();
        var survivedBefore = 0L;
        foreach (var length in lengths)
        {
            killed.PutInto(runs.Files);
            using (var log = File.OpenHandle(runs.Files.WriteAheadLog, FileMode.Open, FileAccess.Write))
            {
                RandomAccess.SetLength(log, length);
            }

            var survived = await ResumeAsync(runs);
            Assert.InRange(survived, survivedBefore, Events);
            survivedBefore = survived;
        }
    }

    private static async Task<long> ResumeAsync(TemporaryRuns runs)
    {
        await using var journal = runs.Open();
        long survived;
        await using (var writer = await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner))
        {
            survived = writer.LastSequence;
            await writer.AppendAsync(KnownEvents.Range(survived + 1, survived + 3), durable: true);
        }

        var entries = await runs.ReadAsync();
        Assert.Equal(survived + 3, entries.Count);
        Assert.All(entries, entry => Assert.True(KnownEvents.Matches(entry), $"event {entry.Sequence} is not the one that was written"));
        Assert.True((await journal.VerifyAsync(TemporaryRuns.Run)).Intact);
        return survived;
    }
}
