using System.Text.Json;

namespace Calibrate.Cli.Tests.Commands;

public sealed class CacheCommandTests : IDisposable
{
    private readonly CalibrateInFolder _calibrate = new();
    private readonly string _runs;

    public CacheCommandTests() => _runs = Path.Combine(_calibrate.Folder, "runs");

    private string Cache => Path.Combine(_runs, "evaluations.db");

    [Fact]
    public async Task It_shows_what_is_kept_of_which_model_and_clears_it()
    {
        await SampleAsync("first", "[1, -2]");
        using (var one = JsonDocument.Parse((await CacheAsync("show", "--json")).Output))
        {
            Assert.Equal(Cache, one.RootElement.GetProperty("path").GetString());
            var model = Assert.Single(one.RootElement.GetProperty("models").EnumerateArray());
            Assert.Equal(12, model.GetProperty("fingerprint").GetString()!.Length);

            // 2 ensembles of 8 walkers, 20 iterations and the first positions; the prior refuses few.
            Assert.InRange(model.GetProperty("evaluations").GetInt64(), 300, 2 * 8 * 21);
            Assert.Equal(model.GetProperty("evaluations").GetInt64(), one.RootElement.GetProperty("evaluations").GetInt64());
        }

        await SampleAsync("second", "[1, -3]");
        using (var two = JsonDocument.Parse((await CacheAsync("show", "--json")).Output))
        {
            Assert.Equal(2, two.RootElement.GetProperty("models").GetArrayLength());
        }

        var table = await CacheAsync("show");
        Assert.Contains($"{Cache}: ", table.Output, StringComparison.Ordinal);
        Assert.Contains("model fingerprint", table.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Cache + ".damaged", "set aside");
        Assert.Contains("Cleared", (await CacheAsync("clear")).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Cache + ".damaged"));
        Assert.Contains(": 0 evaluations", (await CacheAsync("show")).Output, StringComparison.Ordinal);
        await SampleAsync("third", "[1, -2]");
    }

    [Fact]
    public async Task Without_a_cache_it_says_how_to_get_one()
    {
        Assert.Contains("`execution: { cache: true }`", (await CacheAsync("show")).Error, StringComparison.Ordinal);
        Assert.Contains("There is no evaluation cache", (await CacheAsync("clear")).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Cache));
    }

    [Fact]
    public async Task A_damaged_cache_can_be_cleared()
    {
        Directory.CreateDirectory(_runs);
        await File.WriteAllTextAsync(Cache, string.Concat(Enumerable.Repeat("this is no database ", 1000)));

        var shown = await CalibrateInFolder.RunAsync("cache", "show", "--runs-dir", _runs);
        Assert.Equal(ExitCode.Failed, shown.Code);
        Assert.Contains("`calibrate cache clear`", shown.Error, StringComparison.Ordinal);

        await CacheAsync("clear");
        Assert.False(File.Exists(Cache));
    }

    public void Dispose() => _calibrate.Dispose();

    private async Task<Answer> CacheAsync(params string[] args)
    {
        var answer = await CalibrateInFolder.RunAsync(["cache", .. args, "--runs-dir", _runs]);
        Assert.True(answer.Code == ExitCode.Done, answer.Error);
        return answer;
    }

    private async Task SampleAsync(string name, string mean)
    {
        var problem = _calibrate.Write($"{name}.yaml", Problems.Gaussian.Replace("[1, -2]", mean, StringComparison.Ordinal));
        var run = await CalibrateInFolder.RunAsync(
            "run", problem, "--name", name, "--iterations", "20", "--quiet", "--set", "method.warm_up=10", "--set", "execution.cache=true", "--runs-dir", _runs);
        Assert.True(run.Code == ExitCode.Done, run.Error);
    }
}
