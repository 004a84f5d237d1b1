using System.Text;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Slots;

public class LastLinesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_last_three_lines_are_kept() => Assert.Equal("three | four | five", Read("one\ntwo\nthree\r\n\nfour\nfive\n"));

    [Fact]
    public void Stack_traces_are_left_out() => Assert.Equal("Fatal: it broke", Read("Fatal: it broke\n   at Model.Run()\n   at Program.Main()\n"));

    [Fact]
    public void Nothing_said_is_nothing_shown() => Assert.Equal("", Read(""));

    [Fact]
    public void A_gigantic_line_loses_its_beginning()
    {
        var text = Read(new string('a', 100_000) + "end");
        Assert.Equal(16 * 1024, text.Length);
        Assert.EndsWith("aend", text, StringComparison.Ordinal);
    }

    private static string Read(string said) => new LastLines(new MemoryStream(Encoding.UTF8.GetBytes(said))).Read(Patience);
}
