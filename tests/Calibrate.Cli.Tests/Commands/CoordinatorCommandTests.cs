namespace Calibrate.Cli.Tests.Commands;

public sealed class CoordinatorCommandTests : IDisposable
{
    private const string Broker = "amqp://me:secret@127.0.0.1:1/";

    private readonly CalibrateInFolder folder = new();

    [Fact]
    public async Task A_mistake_in_any_file_ends_it_before_anything_is_started()
    {
        var good = folder.Write("good.yaml", Problems.Gaussian);
        var bad = folder.Write("bad.yaml", Problems.Gaussian.Replace("gaussian", "gausian", StringComparison.Ordinal));
        var answer = await CalibrateInFolder.RunAsync("coordinator", good, bad, "--runs-dir", folder.Folder, "--broker", Broker);
        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("bad.yaml", answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Folder, "good")));
    }

    [Fact]
    public async Task At_least_one_run_goes_on_at_a_time()
    {
        var answer = await CalibrateInFolder.RunAsync("coordinator", "--concurrent", "0", "--runs-dir", folder.Folder, "--broker", Broker);
        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("--concurrent", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_journal_is_nothing_to_do()
    {
        var answer = await CalibrateInFolder.RunAsync("coordinator", "--runs-dir", folder.Folder, "--broker", Broker);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Output));
        Assert.Contains("no unfinished run", answer.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
