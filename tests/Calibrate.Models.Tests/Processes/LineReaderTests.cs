using System.Text;
using Calibrate.Models.Processes;

namespace Calibrate.Models.Tests.Processes;

public class LineReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Lines_come_whole_however_the_pipe_cuts_them(int piece)
    {
        LineReader reader = new(new Pieces("one\n\nthree is longer\nhalf", piece), 16);
        Assert.Equal("one", Next(reader));
        Assert.Equal("", Next(reader));
        Assert.Equal("three is longer", Next(reader));
        Assert.Null(Next(reader));
    }

    [Fact]
    public void A_line_that_never_ends_is_given_up_at_the_limit()
    {
        Pieces endless = new(new string('x', 1_000_000), 100);
        LineReader reader = new(endless, 1000);
        Assert.Equal("a line of more than 1000 bytes", Assert.Throws<ProtocolBreachException>(() => reader.TryRead(out _)).Message);
        Assert.Equal(1000, endless.Position);
    }

    [Fact]
    public void A_buffer_of_many_lines_is_not_a_long_line()
    {
        LineReader reader = new(new Pieces(string.Concat(Enumerable.Repeat("0123456\n", 1000)), 7), 8);
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal("0123456", Next(reader));
        }

        Assert.Null(Next(reader));
    }

    private static string? Next(LineReader reader) => reader.TryRead(out ReadOnlySpan<byte> line) ? Encoding.UTF8.GetString(line) : null;

    private sealed class Pieces(string text, int piece) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);
    }
}
