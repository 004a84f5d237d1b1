using System.Text;

namespace Calibrate.Runtime.Slots;

/// <summary>Keeps the end of what a child writes to its standard error, and reads on so that the child never waits for it.</summary>
internal sealed class LastLines
{
    private const int Kept = 16 * 1024;
    private const int Shown = 3;

    private readonly byte[] ring = new byte[Kept];
    private readonly Lock gate = new();
    private readonly Task reading;
    private long written;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">The child's standard error.</param>
    public LastLines(Stream stream) => reading = ReadAsync(stream);

    /// <summary>The last lines, stack traces left out, for a message; waits a moment for those of a child that just died.</summary>
    /// <param name="patience">How long to wait for the end of the stream.</param>
    public string Read(TimeSpan patience)
    {
        reading.Wait(patience);
        lock (gate)
        {
            var count = (int)Math.Min(written, Kept);
            var bytes = new byte[count];
            for (var i = 0; i < count; i++)
            {
                bytes[i] = ring[(int)((written - count + i) % Kept)];
            }

            // The frames of a stack trace come last and say least.
            var lines = Encoding.UTF8.GetString(bytes)
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith("at ", StringComparison.Ordinal));
            return string.Join(" | ", lines.TakeLast(Shown));
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[Kept];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer)) > 0)
            {
                Keep(buffer.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // the child is gone
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            foreach (var one in bytes)
            {
                ring[(int)(written++ % Kept)] = one;
            }
        }
    }
}
