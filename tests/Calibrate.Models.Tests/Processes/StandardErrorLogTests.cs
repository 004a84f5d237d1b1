using System.Text;
using Calibrate.Models.Processes;

namespace Calibrate.Models.Tests.Processes;

public sealed class StandardErrorLogTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-log-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_last_lines_are_kept_for_messages()
    {
        using StandardErrorLog log = new(Path.Combine(folder, "log"));
        log.Add("one"u8);
        log.Follow(new MemoryStream(Encoding.UTF8.GetBytes("two\n\n  three\nfour")));
        Assert.Equal("two | three | four", log.LastLines(Patience));
        Assert.Equal("one\ntwo\n\n  three\nfour", File.ReadAllText(Path.Combine(folder, "log")));
    }

    [Fact]
    public void A_model_that_talks_for_ever_fills_two_files_and_no_disk()
    {
        using StandardErrorLog log = new(Path.Combine(folder, "log"), largest: 1000);
        for (int i = 0; i < 500; i++)
        {
            log.Add(Encoding.UTF8.GetBytes($"this is line {i}"));
        }

        Assert.Equal(2, Directory.GetFiles(folder).Length);
        Assert.All(Directory.GetFiles(folder), file => Assert.InRange(new FileInfo(file).Length, 1, 1000));
        Assert.EndsWith("this is line 499\n", File.ReadAllText(Path.Combine(folder, "log")), StringComparison.Ordinal);
        Assert.Equal("this is line 497 | this is line 498 | this is line 499", log.LastLines(TimeSpan.Zero));
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_kept_for_messages_all_the_same()
    {
        using StandardErrorLog log = new(Path.Combine(folder, "no", "such", "folder", "log"));
        log.Add("still known"u8);
        Assert.Equal("still known", log.LastLines(TimeSpan.Zero));
    }
}
