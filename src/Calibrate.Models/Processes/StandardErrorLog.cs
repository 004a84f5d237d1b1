using System.Text;

namespace Calibrate.Models.Processes;

/// <summary>
/// Keeps what a model writes to its standard error in a file of bounded size, and the end of it for messages. When the file is full, it becomes the
/// older one of two and a new one begins.
/// </summary>
internal sealed class StandardErrorLog : IDisposable
{
    private const int Kept = 8 * 1024;
    private const int Shown = 3;
    private const int LongestShown = 1000;

    private readonly string path;
    private readonly int largest;
    private readonly byte[] ring = new byte[Kept];
    private readonly Lock gate = new();
    private FileStream? file;
    private long written;
    private Thread? reading;

    /// <summary>Creates the log; nothing is written yet.</summary>
    /// <param name="path">The file; the older one is called the same with <c>.1</c> at the end.</param>
    /// <param name="largest">Bytes after which a new file begins.</param>
    public StandardErrorLog(string path, int largest = 1024 * 1024)
    {
        this.path = path;
        this.largest = largest;
    }

    /// <summary>Begins to read a stream to its end and closes it there, on a thread of its own, so that the model never waits for it.</summary>
    public void Follow(Stream stream)
    {
        reading = new Thread(() => Read(stream), 128 * 1024) { IsBackground = true, Name = "model stderr" };
        reading.Start();
    }

    /// <summary>Takes a line that the model wrote elsewhere.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        lock (gate)
        {
            Keep(line);
            Keep("\n"u8);
        }
    }

    /// <summary>The last lines in one; waits a moment for those of a model that just died.</summary>
    /// <param name="patience">How long to wait for the end of the stream.</param>
    public string LastLines(TimeSpan patience)
    {
        reading?.Join(patience);
        lock (gate)
        {
            int count = (int)Math.Min(written, Kept);
            byte[] end = new byte[count];
            for (int i = 0; i < count; i++)
            {
                end[i] = ring[(int)((written - count + i) % Kept)];
            }

            string[] lines = Encoding.UTF8.GetString(end).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            string text = string.Join(" | ", lines.TakeLast(Shown));
            return text.Length > LongestShown ? text[^LongestShown..] : text;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            file?.Dispose();
            file = null;
        }
    }

    private void Read(Stream stream)
    {
        byte[] buffer = new byte[Kept];
        using Stream owned = stream;
        try
        {
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                lock (gate)
                {
                    Keep(buffer.AsSpan(0, read));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // the model is gone
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> end = bytes.Length > Kept ? bytes[^Kept..] : bytes;
        foreach (byte one in end)
        {
            ring[(int)(written++ % Kept)] = one;
        }

        try
        {
            Store(end);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // a full disk must not stop a model that talks much
            file = null;
        }
    }

    private void Store(ReadOnlySpan<byte> bytes)
    {
        if (file is { } full && full.Length + bytes.Length > largest)
        {
            full.Dispose();
            File.Move(path, path + ".1", overwrite: true);
            file = null;
        }

        file ??= new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Write(bytes);
    }
}
