using Microsoft.Win32.SafeHandles;

namespace Calibrate.Journal.Sqlite;

/// <summary>The writer's side of the <see cref="HighWaterMark"/>: one small write in place after each commit.</summary>
internal sealed class HighWaterMarkFile : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly byte[] bytes = new byte[HighWaterMark.SizeInBytes];
    private Acknowledged durable;
    private long databaseBytes;

    private HighWaterMarkFile(SafeFileHandle file, long databaseBytes)
    {
        this.file = file;
        this.databaseBytes = databaseBytes;
    }

    /// <summary>Opens the mark of a journal that was just found to be in order and durable up to <paramref name="start"/>.</summary>
    public static HighWaterMarkFile Open(string path, Acknowledged start, long databaseBytes)
    {
        var mark = new HighWaterMarkFile(
            File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), databaseBytes);
        mark.Write(start, isDurable: true);
        return mark;
    }

    /// <summary>Notes that everything up to the given event was acknowledged.</summary>
    public void Write(Acknowledged now, bool isDurable)
    {
        durable = isDurable ? now : durable;
        HighWaterMark.Format(bytes, now, durable, databaseBytes);
        RandomAccess.Write(file, bytes, 0);
    }

    /// <summary>Notes a complete checkpoint: everything is in the database file, durably, and the log is empty.</summary>
    public void WriteCheckpoint(long sequence, long bytesOfDatabase)
    {
        databaseBytes = bytesOfDatabase;
        Write(new Acknowledged(sequence, 0), isDurable: true);
    }

    public void Dispose() => file.Dispose();
}
