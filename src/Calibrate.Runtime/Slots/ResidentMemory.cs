using System.Buffers.Text;
using System.Diagnostics;

namespace Calibrate.Runtime.Slots;

/// <summary>
/// How much memory a child and the processes it started hold: pages that lie in main memory. Pages that several of them share count for each.
/// </summary>
internal static class ResidentMemory
{
    /// <summary>Bytes that the processes of a group hold; 0 when they are gone. Only the leader is seen where there is no <c>/proc</c>.</summary>
    /// <param name="leader">The process that leads the group.</param>
    public static long OfGroup(Process leader)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Of(leader);
        }

        var total = FromStatm(leader.Id);
        foreach (var member in ProcessTable.Shared.MembersOf(leader.Id))
        {
            total += member == leader.Id ? 0 : FromStatm(member);
        }

        return total;
    }

    /// <summary>Bytes that one process holds; 0 when it is gone.</summary>
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
        Span<byte> text = stackalloc byte[128];
        var line = ProcessTable.Read(process, "statm", text);
        var resident = line[(line.IndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(resident, out long pages, out _) ? pages * Environment.SystemPageSize : 0;
    }
}
