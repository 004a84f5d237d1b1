using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Calibrate.Models.Processes;

/// <summary>
/// Room in a pipe. The answers to a batch of points with hundreds of outputs are longer than the 64 KiB that Linux gives a pipe: their writer would
/// fall asleep in the middle of a line and be woken for the rest, which costs more than the evaluation of a fast model.
/// </summary>
internal static partial class PipeRoom
{
    /// <summary>What a process may ask for without privileges, unless <c>/proc/sys/fs/pipe-max-size</c> says otherwise.</summary>
    public const int Bytes = 1 << 20;

    private const int SetPipeSize = 1031;

    /// <summary>Makes room; a pipe that cannot have it, because the user has too many or the system knows none of this, stays as it is.</summary>
    /// <param name="stream">The stream at the end of a pipe.</param>
    public static void Widen(Stream stream)
    {
        if (OperatingSystem.IsLinux() && stream is PipeStream pipe)
        {
            _ = Control(pipe.SafePipeHandle, SetPipeSize, Bytes);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeHandle descriptor, int command, int argument);
}
