using System.Buffers.Text;
using System.Globalization;

namespace Calibrate.Runtime.Slots;

/// <summary>
/// Which processes belong to which group, from <c>/proc</c>. Looking through all processes of a machine takes milliseconds, so one look serves
/// every slot for a while: a process is noticed at most that much later.
/// </summary>
/// <param name="clock">Tells how old a look is.</param>
internal sealed class ProcessTable(TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private Dictionary<int, List<int>> groups = [];
    private long looked;

    /// <summary>The table of this machine.</summary>
    public static ProcessTable Shared { get; } = new(TimeProvider.System);

    /// <summary>The processes of a group, some of which may have ended since.</summary>
    /// <param name="leader">The process that leads the group.</param>
    public IReadOnlyList<int> MembersOf(int leader)
    {
        lock (gate)
        {
            if (looked == 0 || clock.GetElapsedTime(looked) > Freshness)
            {
                groups = Look();
                looked = clock.GetTimestamp();
            }

            return groups.TryGetValue(leader, out var members) ? members : [];
        }
    }

    /// <summary>The beginning of a file under <c>/proc/PROCESS</c>; empty when the process is gone.</summary>
    public static ReadOnlySpan<byte> Read(int process, string file, Span<byte> text)
    {
        try
        {
            using var handle = File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}"));
            return text[..RandomAccess.Read(handle, text, 0)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static Dictionary<int, List<int>> Look()
    {
        Dictionary<int, List<int>> found = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && GroupOf(process) is { } group)
            {
                if (!found.TryGetValue(group, out var members))
                {
                    found.Add(group, members = []);
                }

                members.Add(process);
            }
        }

        return found;
    }

    // `pid (name) state parent group ...`, where the name may hold spaces and brackets.
    private static int? GroupOf(int process)
    {
        Span<byte> text = stackalloc byte[512];
        var line = Read(process, "stat", text);
        var rest = line[(line.LastIndexOf((byte)')') + 1)..];
        for (var skipped = 0; skipped < 3; skipped++)
        {
            rest = rest[(rest.IndexOf((byte)' ') + 1)..];
        }

        return Utf8Parser.TryParse(rest, out int group, out _) ? group : null;
    }
}
