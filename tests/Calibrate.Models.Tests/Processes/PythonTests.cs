using System.ComponentModel;
using System.Diagnostics;

namespace Calibrate.Models.Tests.Processes;

/// <summary>The tests in <c>tests/python</c>: the helper for models in Python, the samples in other languages, and the Python package.</summary>
public sealed class PythonTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "tests", "python");

    public static TheoryData<string> Modules() =>
        [.. Directory.GetFiles(Folder, "test_*.py").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Modules))]
    public async Task Unit_tests_in_Python_pass(string module)
    {
        var (code, output) = await RunAsync("-c", "import sys; sys.exit(sys.version_info < (3, 9))");
        Skip.If(code is null, "python3 is not installed");
        Skip.If(code != 0, "python3 is older than 3.9");

        (code, output) = await RunAsync("-B", "-m", "unittest", "-v", module);

        Assert.True(code == 0, output);
    }

    private static async Task<(int? Code, string Output)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("python3", args)
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, error + await output);
        }
        catch (Win32Exception)
        {
            return (null, "");
        }
    }
}
