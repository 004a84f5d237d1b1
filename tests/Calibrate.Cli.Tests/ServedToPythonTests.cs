using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Calibrate.Cli.Tests;

/// <summary><c>serve-model</c> as clients in Python see it: every endpoint of the protocol, on threads and on processes, and an unmodified sampler.</summary>
public sealed class ServedToPythonTests : IDisposable
{
    private const int Interrupt = 2;

    private readonly CalibrateInFolder _calibrate = new();

    [SkippableTheory]
    [InlineData("thread")]
    [InlineData("process")]
    public async Task Every_endpoint_is_as_the_protocol_has_it(string isolation)
    {
        var python = PythonWith("import sys; sys.exit(sys.version_info < (3, 9))", "python3 3.9 or later is not installed");
        using var server = Serve(Path.Combine(Repository(), "samples", "climate", "two-layer.yaml"), "--slots", "2", "--set", $"execution.isolation={isolation}");
        await PassAsync(python, "served_models", await AddressAsync(server));
        await StopAsync(server);
    }

    [SkippableFact]
    public async Task Emcee_samples_a_posterior_that_is_served()
    {
        var python = PythonWith("import emcee, numpy", "emcee is not installed for python3 (Debian: python3-emcee)");
        using var server = Serve(_calibrate.Write("gaussian.yaml", Problems.Gaussian));
        await PassAsync(python, "served_emcee", await AddressAsync(server));
        await StopAsync(server);
    }

    public void Dispose() => _calibrate.Dispose();

    private static Process Serve(string problem, params string[] options) => Process.Start(new ProcessStartInfo(
        "dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "calibrate.dll"), "serve-model", problem, "--port", "0", .. options])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
    })!;

    private static async Task<string> AddressAsync(Process server)
    {
        var line = await server.StandardOutput.ReadLineAsync() ?? "";
        var from = line.IndexOf("http://", StringComparison.Ordinal);
        Assert.True(from >= 0, $"the server said '{line}'");
        return line[from..line.IndexOf(": models", from, StringComparison.Ordinal)];
    }

    private static async Task PassAsync(string python, string module, string served)
    {
        var start = new ProcessStartInfo(python, ["-B", "-m", "unittest", "-v", module])
        {
            UseShellExecute = false,
            WorkingDirectory = Path.Combine(Repository(), "tests", "python"),
            RedirectStandardError = true,
        };
        start.Environment["TEST_SERVED"] = served;
        using var process = Process.Start(start)!;
        var output = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }

    private static async Task StopAsync(Process server)
    {
        Assert.Equal(0, Signal(server.Id, Interrupt));
        await server.WaitForExitAsync();
        Assert.Equal(ExitCode.Done, server.ExitCode);
    }

    // The first on the PATH, or the system's own, for which Debian has packages.
    private static string PythonWith(string code, string otherwise)
    {
        var found = Array.Find(["python3", "/usr/bin/python3"], python => Runs(python, code));
        Skip.If(found is null, otherwise);
        return found;
    }

    private static bool Runs(string python, string code)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", code]) { UseShellExecute = false, RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Calibrate.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Calibrate.sln");
        }

        return folder;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
