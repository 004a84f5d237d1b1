using System.Text.Json;

namespace Calibrate.Cli.Tests;

/// <summary>The main job, from the problem file to the posterior, against an independent sampler's posterior of the same problem.</summary>
public sealed class ClimateSampleTests : IDisposable
{
    private readonly CalibrateInFolder _calibrate = new();

    [Fact]
    public async Task The_posterior_of_the_climate_sample_agrees_with_emcee()
    {
        var answer = await CalibrateInFolder.RunAsync(
            "run", Path.Combine(AppContext.BaseDirectory, "samples", "climate", "two-layer.yaml"), "--json", "--quiet",
            "--runs-dir", Path.Combine(_calibrate.Folder, "runs"));

        Assert.Equal(ExitCode.Done, answer.Code);
        using var summary = JsonDocument.Parse(answer.Output);
        using var reference = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Reference", "climate-two-layer.json")));
        var expected = reference.RootElement.GetProperty("posterior_aerosol_4_parameters");
        Assert.True(summary.RootElement.GetProperty("converged").GetBoolean());

        var found = summary.RootElement.GetProperty("parameters");
        foreach (var (name, i) in expected.GetProperty("names").EnumerateArray().Select((name, i) => (name.GetString()!, i)))
        {
            var parameter = found.GetProperty(name);
            var error = Math.Sqrt(Square(Number(parameter, "mcse_mean")) + Square(At(expected, "mcse_mean", i)));
            AssertWithin(4 * error, At(expected, "mean", i), Number(parameter, "mean"), $"mean of {name}");
            AssertWithin(0.04 * At(expected, "sd", i), At(expected, "sd", i), Number(parameter, "sd"), $"sd of {name}");
        }

        var ecs = expected.GetProperty("ecs_3.93_over_lambda0");
        foreach (var quantile in (string[])["q05", "median", "q95"])
        {
            AssertWithin(0.01 * Number(ecs, quantile), Number(ecs, quantile), Number(found.GetProperty("ecs"), quantile), $"{quantile} of ecs");
        }
    }

    public void Dispose() => _calibrate.Dispose();

    private static double Number(JsonElement element, string key) => element.GetProperty(key).GetDouble();

    private static double At(JsonElement element, string key, int index) => element.GetProperty(key)[index].GetDouble();

    private static double Square(double value) => value * value;

    private static void AssertWithin(double tolerance, double expected, double found, string what) =>
        Assert.True(Math.Abs(found - expected) <= tolerance, $"{what}: found {found}, expected {expected} within {tolerance}");
}
