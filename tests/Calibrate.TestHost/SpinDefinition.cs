using System.Runtime.InteropServices;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.TestHost;

/// <summary><c>spin</c>: keeps a processor busy for some time. Measured as the thread's own processor time, so that whoever else uses the
/// processor meanwhile shows in the throughput.</summary>
internal sealed partial class SpinDefinition : IModelDefinition
{
    private const int ThreadCpuTime = 3;
    private const double NanosecondsPerSecond = 1e9;

    public string Name => "spin";

    public int Version => 1;

    public string Description => "A standard normal density that keeps a processor busy (Linux only).";

    public IReadOnlyList<ModelOption> Options { get; } =
        [NormalDensity.DimensionOption, new ModelOption("microseconds", OptionKind.Number, "Processor time of an evaluation.") { Required = true }];

    public ModelBinding Create(ModelOptions options, IDataFiles files)
    {
        var seconds = options.Number("microseconds") * 1e-6;
        return NormalDensity.Bind(options, _ =>
        {
            Spin(seconds);
            return 0;
        });
    }

    /// <summary>Uses so much processor time of this thread.</summary>
    public static void Spin(double seconds)
    {
        var end = Now() + seconds;
        while (Now() < end)
        {
            Thread.SpinWait(20);
        }
    }

    private static double Now() => ReadClock(ThreadCpuTime, out var time) == 0
        ? time.Seconds + (time.Nanoseconds / NanosecondsPerSecond)
        : throw new ModelException("the clock of the thread cannot be read");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReadClock(int clock, out ClockTime time);

    [StructLayout(LayoutKind.Sequential)]
    private struct ClockTime
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
