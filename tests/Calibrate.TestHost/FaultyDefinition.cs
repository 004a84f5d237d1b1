using System.Runtime.InteropServices;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.TestHost;

/// <summary><c>faulty</c>: misbehaves where x1 is above a limit, always or a few times only; sleeps like <c>sleep</c> otherwise.</summary>
internal sealed partial class FaultyDefinition : IModelDefinition
{
    private const int Kill = 9;
    private const int PageBytes = 4096;
    private const long LeakBytes = 1L << 30;

    public string Name => "faulty";

    public int Version => 1;

    public string Description => "A standard normal density that misbehaves in a region.";

    public IReadOnlyList<ModelOption> Options { get; } =
    [
        NormalDensity.DimensionOption,
        .. SleepDefinition.TimeOptions,
        new ModelOption("fault", OptionKind.Choice, "How it misbehaves.")
        {
            Required = true,
            Choices = ["none", "segfault", "fail_fast", "exit", "kill", "loop", "leak", "nan", "throw", "print"],
        },
        new ModelOption("above", OptionKind.Number, "It misbehaves where x1 is above this; everywhere when not given."),
        new ModelOption("times", OptionKind.Integer, "How often it misbehaves, over all processes; needs `marks`. Always when not given."),
        new ModelOption("marks", OptionKind.Text, "Path that the files which count `times` begin with."),
    ];

    public ModelBinding Create(ModelOptions options, IDataFiles files)
    {
        var nap = SleepDefinition.Of(options);
        var fault = options.Text("fault");
        var above = options.Number("above", double.NegativeInfinity);
        var times = options.Integer("times", int.MaxValue);
        var marks = options.Has("marks") ? options.Text("marks") : null;
        return NormalDensity.Bind(options, point =>
        {
            nap(point);
            return point[0] > above && TryMark(marks, times) ? Misbehave(fault) : 0;
        });
    }

    // A file that only one process can create counts each time, so that a fault can be transient although it kills who counts.
    private static bool TryMark(string? marks, int times)
    {
        if (marks is null)
        {
            return true;
        }

        for (var k = 0; k < times; k++)
        {
            try
            {
                using var mark = new FileStream($"{marks}.{k}", FileMode.CreateNew);
                return true;
            }
            catch (IOException)
            {
                // counted before
            }
        }

        return false;
    }

    private static double Misbehave(string fault)
    {
        switch (fault)
        {
            case "segfault":
                // Not the first page, where .NET turns the fault into a NullReferenceException.
                Marshal.WriteByte(0x10_0000, 1);
                break;
            case "fail_fast":
                Environment.FailFast("the model gave up");
                break;
            case "exit":
                Environment.Exit(7);
                break;
            case "kill":
                SendSignal(Environment.ProcessId, Kill);
                Loop();
                break;
            case "loop":
                Loop();
                break;
            case "leak":
                Leak();
                break;
            case "throw":
                throw new InvalidOperationException("the model threw");
            case "print":
                Console.Out.WriteLine("a model that prints");
                Console.Out.Flush();
                WriteTo(1, "straight to the descriptor\n", 27);
                break;
            case "nan":
                return double.NaN;
        }

        return 0;
    }

    private static void Loop()
    {
        while (Environment.ProcessorCount > 0)
        {
            Thread.SpinWait(1000);
        }
    }

    private static unsafe void Leak()
    {
        const int chunk = 16 * 1024 * 1024;
        for (var leaked = 0L; leaked < LeakBytes; leaked += chunk)
        {
            var memory = (byte*)NativeMemory.Alloc(chunk);
            for (var at = 0; at < chunk; at += PageBytes)
            {
                memory[at] = 1;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "write", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint WriteTo(int descriptor, string text, nint count);
}
