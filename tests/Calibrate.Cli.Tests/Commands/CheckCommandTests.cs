namespace Calibrate.Cli.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly CalibrateInFolder _calibrate = new();

    [Fact]
    public async Task Check_says_what_would_be_run_and_writes_nothing()
    {
        var answer = await CalibrateInFolder.RunAsync("check", _calibrate.Write("gaussian.yaml", Problems.Gaussian));

        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Contains("2 free parameters, 2 ensembles of 8 walkers, 4,000 iterations", answer.Output, StringComparison.Ordinal);
        Assert.Matches(@"x1\s+m\s+uniform\(-20, 20\)", answer.Output);
        Assert.Contains("Derived: difference = x1 - x2", answer.Output, StringComparison.Ordinal);
        Assert.Contains("log prior -7.3778, log likelihood", answer.Output, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(_calibrate.Folder, "gaussian.yaml")], Directory.EnumerateFileSystemEntries(_calibrate.Folder));
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once_with_their_places()
    {
        var path = _calibrate.Write("bad.yaml", Problems.Gaussian
            .Replace("walkers: 8", "walker: 8", StringComparison.Ordinal)
            .Replace("iterations: 4000", "iterations: -5", StringComparison.Ordinal));

        var answer = await CalibrateInFolder.RunAsync("check", path);

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Empty(answer.Output);
        Assert.Contains("bad.yaml:13:3: method.walker:", answer.Error, StringComparison.Ordinal);
        Assert.Contains("(did you mean 'walkers'?)", answer.Error, StringComparison.Ordinal);
        Assert.Contains("bad.yaml:14:15: method.iterations:", answer.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _calibrate.Dispose();
}
