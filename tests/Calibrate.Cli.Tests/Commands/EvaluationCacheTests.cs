namespace Calibrate.Cli.Tests.Commands;

/// <summary>The cache of evaluations from the command line: full, empty, damaged or absent, the chain is the same.</summary>
public sealed class EvaluationCacheTests : IDisposable
{
    private readonly CalibrateInFolder _calibrate = new();
    private readonly string _runs;
    private readonly string _problem;

    public EvaluationCacheTests()
    {
        _runs = Path.Combine(_calibrate.Folder, "runs");
        _problem = _calibrate.Write("gaussian.yaml", Problems.Gaussian);
    }

    [Fact]
    public async Task The_chain_is_the_same_without_with_an_empty_with_a_full_and_with_a_damaged_cache()
    {
        var without = await HashAsync("without", "false");
        Assert.False(File.Exists(Cache));
        var empty = await HashAsync("empty", "true");
        var size = new FileInfo(Cache).Length;
        var full = await HashAsync("full", "true");

        Assert.Equal(without, empty);
        Assert.Equal(without, full);
        Assert.Equal(size, new FileInfo(Cache).Length);

        await File.WriteAllTextAsync(Cache, string.Concat(Enumerable.Repeat("this is no database ", 1000)));
        Assert.Equal(without, await HashAsync("damaged", "true"));
        Assert.True(File.Exists(Cache + ".damaged"));
    }

    [Fact]
    public async Task The_kernel_and_a_cache_do_not_go_together()
    {
        var answer = await CalibrateInFolder.RunAsync(
            "run", _problem, "--set", "execution.cache=true", "--set", "execution.scheduling=kernel", "--runs-dir", _runs);

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("execution.scheduling", answer.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _calibrate.Dispose();

    private string Cache => Path.Combine(_runs, "evaluations.db");

    private async Task<string> HashAsync(string name, string cached)
    {
        var run = await CalibrateInFolder.RunAsync(
            "run", _problem, "--name", name, "--iterations", "60", "--quiet", "--set", "method.warm_up=10",
            "--set", $"execution.cache={cached}", "--runs-dir", _runs);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        return (await CalibrateInFolder.RunAsync("runs", "hash", name, "--runs-dir", _runs)).Output;
    }
}
