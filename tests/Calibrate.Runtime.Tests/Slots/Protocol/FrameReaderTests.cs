using Calibrate.Runtime.Slots.Protocol;
using Calibrate.Runtime.Slots.Protocol.Protobuf;

namespace Calibrate.Runtime.Tests.Slots.Protocol;

public class FrameReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Messages_come_as_they_were_written_however_the_pipe_cuts_them(int piece)
    {
        using var pipe = new MemoryStream();
        var writer = new FrameWriter(pipe);
        ToParent[] messages =
        [
            new() { Refused = "no" }, new() { Loaded = new Loaded { NaturalDimension = 3 } }, new(), new() { Refused = new string('x', 300_000) },
        ];
        foreach (var message in messages)
        {
            writer.Write(message);
        }

        var reader = Reader(new CutStream(pipe.ToArray(), piece));
        Assert.All(messages, message => Assert.Equal(message, reader.Read()));
        Assert.Null(reader.Read());
    }

    [Theory]
    [InlineData(new byte[] { 1, 0 })]
    [InlineData(new byte[] { 9, 0, 0, 0, 1, 2 })]
    public void A_pipe_that_ends_within_a_frame_has_ended(byte[] bytes) => Assert.Null(Reader(new MemoryStream(bytes)).Read());

    [Theory]
    [InlineData(new byte[] { 255, 255, 255, 255 })]
    [InlineData(new byte[] { 104, 101, 108, 108, 111 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 255, 255 })]
    public void Bytes_that_are_no_frame_are_refused(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => Reader(new MemoryStream(bytes)).Read());

    private static FrameReader<ToParent> Reader(Stream stream) => new(stream, ToParent.Parser, 1 << 20);

    private sealed class CutStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
    }
}
