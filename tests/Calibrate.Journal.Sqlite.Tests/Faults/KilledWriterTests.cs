using System.Globalization;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.Sqlite.Tests.Faults;

/// <summary>Real processes: killed with kill -9 while they append, and a second one on the same run.</summary>
public sealed class KilledWriterTests
{
    [Fact]
    public async Task Killed_in_the_middle_of_appends_nothing_acknowledged_is_lost_and_the_next_process_goes_on()
    {
        using var runs = new TemporaryRuns();
        var random = new System.Random(99);
        var acknowledged = 0L;
        for (var kill = 0; kill < 8; kill++)
        {
            using (var writer = WriterProcess.Start("append", runs.Path))
            {
                Assert.Equal("acquired", await writer.ReadLineAsync());
                var appends = random.Next(1, 60);
                for (var i = 0; i < appends; i++)
                {
                    acknowledged = long.Parse(await writer.ReadLineAsync(), CultureInfo.InvariantCulture);
                }

                acknowledged = await writer.KillAsync(acknowledged);
            }

            var entries = await runs.ReadAsync();
            Assert.True(entries.Count >= acknowledged, $"event {acknowledged} was acknowledged, but only {entries.Count} are left");
            Assert.All(entries, entry => Assert.True(KnownEvents.Matches(entry), $"event {entry.Sequence} is not the one that was written"));
            Assert.Equal(kill + 1, entries[^1].Epoch);
        }

        await using var journal = runs.Open();
        var verification = await journal.VerifyAsync(TemporaryRuns.Run);
        Assert.True(verification.Intact, string.Join('\n', verification.Problems));
    }

    [Fact]
    public async Task A_second_process_on_the_same_run_is_refused_by_name_until_the_first_has_gone()
    {
        using var runs = new TemporaryRuns();
        await using var journal = runs.Open();
        using var first = WriterProcess.Start("hold", runs.Path);
        Assert.Equal("acquired", await first.ReadLineAsync());

        using (var second = WriterProcess.Start("hold", runs.Path))
        {
            var refusal = await second.ReadLineAsync();
            Assert.StartsWith($"Run 'test' is in use by process {first.Id} on {Environment.MachineName} since ", refusal, StringComparison.Ordinal);
            Assert.Equal(3, await second.EndAsync());
        }

        await Assert.ThrowsAsync<JournalLockedException>(() => journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner));
        Assert.Equal(0, await first.EndAsync());
        await using var mine = await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner);
        Assert.Equal(2, mine.Epoch);
    }

    [Fact]
    public async Task A_live_process_that_loses_its_run_to_a_takeover_says_so_and_ends()
    {
        using var runs = new TemporaryRuns();
        using var old = WriterProcess.Start("append", runs.Path);
        Assert.Equal("acquired", await old.ReadLineAsync());
        await old.ReadLineAsync();

        await using var journal = runs.Open();
        await using var mine = await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner with { Takeover = true });
        string line;
        do
        {
            line = await old.ReadLineAsync();
        }
        while (long.TryParse(line, CultureInfo.InvariantCulture, out _));

        Assert.StartsWith("Run 'test' was taken over by the test (epoch 2, ours was 1).", line, StringComparison.Ordinal);
        Assert.Equal(3, await old.EndAsync());
        await mine.AppendAsync([KnownEvents.At(mine.LastSequence + 1)], durable: true);
        Assert.All(await runs.ReadAsync(), entry => Assert.True(KnownEvents.Matches(entry)));
    }
}
