using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Calibrate.Reports.Tests.Exports;

/// <summary>
/// Runs Python code over exported files, with the samples of <c>samples/python</c> on its path. Debian's own Python is preferred: its packages
/// (<c>python3-xarray</c> and so on) belong to it.
/// </summary>
internal static class PythonReader
{
    private static readonly ConcurrentDictionary<string, bool> Modules = new(StringComparer.Ordinal);

    private static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>The root of the checkout.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Skips the test when a module is missing, saying which package brings it.</summary>
    public static void SkipWithout(params string[] modules)
    {
        foreach (var module in modules)
        {
            var package = $"python3-{(module == "netCDF4" ? "netcdf4" : module)}";
            Skip.IfNot(Modules.GetOrAdd(module, name => Start($"import {name}").Exit == 0), $"{Python} has no module {module}: on Debian, apt install {package}");
        }
    }

    /// <summary>The numbers that code writes with <c>out(array)</c>, as doubles.</summary>
    public static double[] Numbers(string code, params string[] arguments)
    {
        var prelude = "import sys, numpy\nout = lambda a: sys.stdout.buffer.write(numpy.ascontiguousarray(a, dtype='<f8').tobytes())\n";
        var (exit, output, error) = Start(prelude + code, arguments);
        Assert.True(exit == 0, error);
        return MemoryMarshal.Cast<byte, double>(output).ToArray();
    }

    /// <summary>What code prints.</summary>
    public static string Text(string code, params string[] arguments)
    {
        var (exit, output, error) = Start("import sys\n" + code, arguments);
        Assert.True(exit == 0, error);
        return System.Text.Encoding.UTF8.GetString(output).TrimEnd();
    }

    private static (int Exit, byte[] Output, string Error) Start(string code, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, ["-B", "-c", code, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONPATH"] = Path.Combine(Repository, "samples", "python");
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            return (process.ExitCode, output.ToArray(), error.Result);
        }
        catch (Win32Exception)
        {
            return (1, [], "python3 is not installed");
        }
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Calibrate.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Calibrate.sln");
        }

        return folder;
    }
}
