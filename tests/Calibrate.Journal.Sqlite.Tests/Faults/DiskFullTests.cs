using System.Diagnostics;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.Sqlite.Tests.Faults;

/// <summary>A disk that fills up stops the writer with a sentence; what was acknowledged stays, and the run goes on later.</summary>
public sealed class DiskFullTests
{
    [Fact]
    public async Task A_full_database_stops_the_writer_and_the_run_goes_on_with_more_room()
    {
        using var runs = new TemporaryRuns();
        await using var journal = new SqliteJournal(runs.Path, new SqliteJournalOptions { MaximumPages = 60 });
        await FillAndGoOnAsync(runs, journal, makeRoom: () => { });
    }

    [SkippableFact]
    public async Task A_full_disk_stops_the_writer_and_the_run_goes_on_when_there_is_room_again()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "mounts a small tmpfs, which needs Linux");
        using var runs = new TemporaryRuns();
        Skip.IfNot(Mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", runs.Path), "may not mount a small tmpfs (needs root)");
        try
        {
            var ballast = Path.Combine(runs.Path, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[1 << 20]);
            await using var journal = runs.Open();
            await FillAndGoOnAsync(runs, journal, makeRoom: () => File.Delete(ballast));
        }
        finally
        {
            Run("umount", "-l", runs.Path);
        }
    }

    private static async Task FillAndGoOnAsync(TemporaryRuns runs, SqliteJournal full, Action makeRoom)
    {
        await using var writer = await full.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner);
        var failure = await Assert.ThrowsAsync<JournalWriteException>(async () =>
        {
            while (writer.LastSequence < 1000)
            {
                await writer.AppendAsync([KnownEvents.At(writer.LastSequence + 1)], durable: true);
            }
        });
        var last = writer.LastSequence;
        Assert.True(last > 10);
        Assert.Equal(
            $"The journal of run 'test' could not be written: the disk is full. Nothing is lost up to event {last}. Free some space, then `calibrate resume test`.",
            failure.Message);
        Assert.Equal(last, failure.LastSequence);
        await Assert.ThrowsAsync<JournalWriteException>(() => writer.AppendAsync([KnownEvents.At(last + 1)], durable: true));
        await writer.DisposeAsync();

        Assert.Equal(last, (await runs.ReadAsync()).Count);
        makeRoom();
        await using var journal = runs.Open();
        await using (var again = await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner))
        {
            Assert.Equal(last, again.LastSequence);
            await again.AppendAsync(KnownEvents.Range(last + 1, last + 3), durable: true);
        }

        Assert.All(await runs.ReadAsync(), entry => Assert.True(KnownEvents.Matches(entry)));
        Assert.Equal(last + 3, (await journal.VerifyAsync(TemporaryRuns.Run)).Events);
    }

    private static bool Mount(params string[] arguments) => File.Exists("/bin/mount") && Run("mount", arguments);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
