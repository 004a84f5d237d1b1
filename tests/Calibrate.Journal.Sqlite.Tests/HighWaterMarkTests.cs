namespace Calibrate.Journal.Sqlite.Tests;

public sealed class HighWaterMarkTests : IDisposable
{
    private readonly TemporaryRuns runs = new();

    private string MarkPath => Path.Combine(runs.Path, "journal.mark");

    public void Dispose() => runs.Dispose();

    [Fact]
    public void What_is_written_is_read_back_for_this_boot()
    {
        using var file = HighWaterMarkFile.Open(MarkPath, new Acknowledged(5, 100), databaseBytes: 8192);
        Assert.Equal(new HighWaterMark(new Acknowledged(5, 100), 8192), HighWaterMark.Read(MarkPath));

        file.Write(new Acknowledged(6, 200), isDurable: true);
        file.Write(new Acknowledged(9, 300), isDurable: false);
        Assert.Equal(new Acknowledged(9, 300), HighWaterMark.Read(MarkPath)!.Value.Expected);

        file.WriteCheckpoint(9, 12288);
        Assert.Equal(new HighWaterMark(new Acknowledged(9, 0), 12288), HighWaterMark.Read(MarkPath));
    }

    [Fact]
    public void After_a_restart_of_the_machine_only_durable_events_count()
    {
        var bytes = new byte[HighWaterMark.SizeInBytes];
        HighWaterMark.Format(bytes, new Acknowledged(9, 300), new Acknowledged(6, 200), 8192);
        bytes[8] ^= 1; // the boot id's first byte
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(^4), Calibrate.Runtime.Journals.Crc32C.Of(bytes.AsSpan(..^4)));
        File.WriteAllBytes(MarkPath, bytes);
        Assert.Equal(new HighWaterMark(new Acknowledged(6, 200), 8192), HighWaterMark.Read(MarkPath));
    }

    [Fact]
    public void A_missing_short_or_damaged_mark_is_no_mark()
    {
        Assert.Null(HighWaterMark.Read(MarkPath));
        var bytes = new byte[HighWaterMark.SizeInBytes];
        HighWaterMark.Format(bytes, new Acknowledged(9, 300), new Acknowledged(6, 200), 8192);
        File.WriteAllBytes(MarkPath, bytes.AsSpan(0, bytes.Length - 1));
        Assert.Null(HighWaterMark.Read(MarkPath));
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= 0x10;
            File.WriteAllBytes(MarkPath, damaged);
            Assert.Null(HighWaterMark.Read(MarkPath));
        }
    }

    [Theory]
    [InlineData(9, 300, 8192, null)]
    [InlineData(10, 0, 9000, null)]
    [InlineData(8, 299, 8192, null)]
    [InlineData(8, 300, 8192, "events up to 9 were acknowledged")]
    [InlineData(8, 500, 8192, "events up to 9 were acknowledged")]
    [InlineData(9, 300, 8191, "the file journal.db was cut from 8192 to 8191 bytes")]
    public void Loss_is_told_from_a_torn_tail_by_the_length_of_the_log(long head, long logBytes, long databaseBytes, string? problem)
    {
        var found = new HighWaterMark(new Acknowledged(9, 300), 8192).Problem(head, logBytes, databaseBytes);
        Assert.Equal(problem, problem is null ? found : found?[..problem.Length]);
    }
}
