using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Calibrate.Cli.Tests;

/// <summary>The climate sample in Python against the built-in model, and <c>sample()</c> of the Python package with this command line.</summary>
public sealed class PythonTests : IDisposable
{
    private readonly CalibrateInFolder _calibrate = new();

    [SkippableFact]
    public async Task The_climate_model_in_Python_has_the_posterior_of_the_built_in_one()
    {
        SkipWithoutPython();
        using var builtIn = await SummaryAsync("samples/climate/two-layer.yaml");
        using var python = await SummaryAsync("samples/two-layer-python.yaml");

        Assert.Equal(Count(builtIn, "evaluations"), Count(python, "evaluations"));
        foreach (var parameter in builtIn.RootElement.GetProperty("parameters").EnumerateObject())
        {
            // Log likelihoods agree to 1e-10 or better, so the chains are the same but for proposals that are accepted by less than that:
            // the moments agree far within the Monte Carlo error.
            var found = python.RootElement.GetProperty("parameters").GetProperty(parameter.Name);
            var error = parameter.Value.GetProperty("mcse_mean").GetDouble();
            foreach (var moment in (string[])["mean", "sd"])
            {
                Assert.Equal(parameter.Value.GetProperty(moment).GetDouble(), found.GetProperty(moment).GetDouble(), 0.01 * error);
            }
        }
    }

    [SkippableFact]
    public async Task Functions_are_sampled_from_Python()
    {
        SkipWithoutPython();
        string[] command = ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "calibrate.dll")];
        var start = new ProcessStartInfo("python3", ["-B", "-m", "unittest", "-v", "end_to_end_sampling"])
        {
            UseShellExecute = false,
            WorkingDirectory = Path.Combine(Repository(), "tests", "python"),
            RedirectStandardError = true,
        };
        start.Environment["TEST_CALIBRATE"] = JsonSerializer.Serialize(command);
        using var process = Process.Start(start)!;
        var output = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output);
    }

    public void Dispose() => _calibrate.Dispose();

    private async Task<JsonDocument> SummaryAsync(string problem)
    {
        var answer = await CalibrateInFolder.RunAsync(
            "run", Path.Combine(Repository(), problem), "--json", "--quiet", "--iterations", "150", "--set", "method.warm_up=50",
            "--runs-dir", Path.Combine(_calibrate.Folder, "runs"));
        Assert.True(answer.Code == ExitCode.Done, answer.Error);
        return JsonDocument.Parse(answer.Output);
    }

    private static long Count(JsonDocument summary, string key) => summary.RootElement.GetProperty(key).GetInt64();

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Calibrate.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Calibrate.sln");
        }

        return folder;
    }

    private static void SkipWithoutPython()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]) { UseShellExecute = false })!;
            process.WaitForExit();
            Skip.If(process.ExitCode != 0, "python3 is older than 3.9");
        }
        catch (Win32Exception)
        {
            Skip.If(true, "python3 is not installed");
        }
    }
}
