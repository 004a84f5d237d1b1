using System.IO.Pipes;
using Calibrate.Models.Processes;

namespace Calibrate.Models.Tests.Processes;

public class PipeRoomTests
{
    [SkippableFact]
    public async Task A_long_answer_fits_before_anybody_reads_it()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        await using AnonymousPipeServerStream program = new(PipeDirection.Out);
        await using AnonymousPipeClientStream answers = new(PipeDirection.In, program.ClientSafePipeHandle);
        PipeRoom.Widen(answers);

        // Without room the writer would wait for a reader for ever.
        byte[] line = new byte[PipeRoom.Bytes / 2];
        await Task.Run(() => program.Write(line)).WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void What_is_no_pipe_stays_as_it_is()
    {
        using MemoryStream stream = new([1]);
        PipeRoom.Widen(stream);
        Assert.Equal(1, stream.ReadByte());
    }
}
