using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Calibrate.Models.Processes;

/// <summary>
/// Waits for an answer that is usually there within microseconds without falling asleep, because to be woken takes longer than that: some 25 us on a
/// virtual machine. Slow models are waited for asleep. Whoever else wants the processor gets it meanwhile.
/// </summary>
/// <param name="stream">The pipe the answers come from.</param>
/// <param name="clock">Measures how long answers take.</param>
internal sealed partial class WakefulWait(Stream stream, TimeProvider clock)
{
    private const short Readable = 1;

    // What answers within twice the time of two wake-ups gains from a wait that is as long as them.
    private const double UsualMicroseconds = 100;
    private const double LongestMicroseconds = 50;
    private const double Memory = 0.9;

    private readonly SafeHandle? pipe = OperatingSystem.IsLinux() ? (stream as PipeStream)?.SafePipeHandle : null;
    private double usual = double.PositiveInfinity;
    private long asked;

    /// <summary>How long answers took lately, in microseconds.</summary>
    public double Usual => usual;

    /// <summary>The question has been put.</summary>
    public void Asked() => asked = clock.GetTimestamp();

    /// <summary>Returns when the answer begins to come, or soon.</summary>
    public void Wait()
    {
        while (pipe is not null && usual < UsualMicroseconds && Elapsed < LongestMicroseconds && !HasCome(pipe))
        {
            Thread.Yield();
        }
    }

    /// <summary>The answer has come.</summary>
    public void Answered() => usual = double.IsFinite(usual) ? (Memory * usual) + ((1 - Memory) * Elapsed) : Elapsed;

    private double Elapsed => clock.GetElapsedTime(asked).TotalMicroseconds;

    // A broken pipe has come to its end, which reading it tells.
    private static bool HasCome(SafeHandle pipe)
    {
        Awaited awaited = new() { Descriptor = (int)pipe.DangerousGetHandle(), Events = Readable };
        return Poll(ref awaited, 1, 0) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref Awaited awaited, nint count, int milliseconds);

    // struct pollfd of POSIX.
    [StructLayout(LayoutKind.Sequential)]
    private struct Awaited
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
