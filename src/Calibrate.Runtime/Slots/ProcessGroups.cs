using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Calibrate.Runtime.Slots;

/// <summary>
/// Children lead process groups of their own: Ctrl-C at a terminal reaches the parent alone, and a child dies together with whatever its model
/// started.
/// </summary>
internal static partial class ProcessGroups
{
    private const int KillSignal = 9;

    /// <summary>Makes this process the leader of a session and a group of its own; called once, by the child.</summary>
    public static void Lead()
    {
        if (!OperatingSystem.IsWindows())
        {
            // Fails only for a process that is a leader already, which is as good.
            _ = CreateSession();
        }
    }

    /// <summary>Kills a child and everything in its group at once.</summary>
    /// <param name="child">The child; it may be dead already.</param>
    public static void Kill(Process child)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                _ = SendSignal(-child.Id, KillSignal);
            }

            // A child that has just been started may not lead its group yet.
            child.Kill(entireProcessTree: OperatingSystem.IsWindows());
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // gone already
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateSession();

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
