using System.Text.Json;

namespace Calibrate.Cli.Tests.Commands;

public sealed class RescoreCommandTests : IDisposable
{
    private readonly CalibrateInFolder _calibrate = new();
    private readonly string _runs;
    private readonly string _sample = Path.Combine(AppContext.BaseDirectory, "samples", "climate", "two-layer.yaml");

    public RescoreCommandTests() => _runs = Path.Combine(_calibrate.Folder, "runs");

    [Fact]
    public async Task Unchanged_targets_change_nothing_and_wider_ones_are_compared()
    {
        await SampleAsync("record=outputs");

        var same = await RescoreAsync(_sample, "--set", "record=outputs");
        var wider = await RescoreAsync(_sample, "--set", "targets.temperature.extra_sigma=0.02", "--json");

        Assert.Equal(ExitCode.Done, same.Code);
        Assert.Contains("every draw weighs exactly as much as before", same.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(wider.Output);
        var root = json.RootElement;
        Assert.False(root.GetProperty("unchanged").GetBoolean());
        Assert.Equal(root.GetProperty("reliable").GetBoolean() ? ExitCode.Done : ExitCode.Failed, wider.Code);
        Assert.InRange(root.GetProperty("ess").GetDouble(), 1, root.GetProperty("draws").GetDouble());
        Assert.True(root.GetProperty("parameters").GetProperty("lambda0").GetProperty("after").GetProperty("sd").GetDouble() > 0);
    }

    [Fact]
    public async Task A_run_without_outputs_is_refused_with_the_key_that_was_missing()
    {
        await SampleAsync("method.thin=1");

        var answer = await RescoreAsync(_sample);

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("`record: outputs`", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_outputs_do_not_flood_the_summary()
    {
        var answer = await SampleAsync("record=outputs");

        Assert.DoesNotContain("deep_temperature", answer.Output, StringComparison.Ordinal);
        Assert.Contains("lambda0", answer.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _calibrate.Dispose();

    private async Task<Answer> SampleAsync(string set)
    {
        var answer = await CalibrateInFolder.RunAsync(
            "run", _sample, "--name", "climate", "--iterations", "240", "--quiet", "--set", set,
            "--set", "method.thin=4", "--set", "method.warm_up=120", "--runs-dir", _runs);
        Assert.True(answer.Code == ExitCode.Done, answer.Error);
        return answer;
    }

    private Task<Answer> RescoreAsync(params string[] rest) =>
        CalibrateInFolder.RunAsync(["rescore", "climate", .. rest, "--runs-dir", _runs]);
}
