using System.Buffers.Text;
using System.Diagnostics;

namespace Calibrate.Runtime.Slots;

/// <summary>How much memory a process holds: pages that lie in main memory, shared ones included.</summary>
internal static class ResidentMemory
{
    /// <summary>Bytes that the process holds; 0 when it is gone.</summary>
    /// <param name="process">The process.</param>
    public static long Of(Process process)
    {
        if (OperatingSystem.IsLinux())
        {
            return FromStatm(process.Id);
        }

        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    // `size resident shared ...` in pages; a tenth of the cost of asking System.Diagnostics.
    private static long FromStatm(int process)
    {
        try
        {
            using var file = File.OpenHandle($"/proc/{process}/statm");
            Span<byte> text = stackalloc byte[128];
            var line = text[..RandomAccess.Read(file, text, 0)];
            var resident = line[(line.IndexOf((byte)' ') + 1)..];
            return Utf8Parser.TryParse(resident, out long pages, out _) ? pages * Environment.SystemPageSize : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
