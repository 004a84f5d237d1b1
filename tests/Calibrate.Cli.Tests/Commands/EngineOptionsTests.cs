namespace Calibrate.Cli.Tests.Commands;

public sealed class EngineOptionsTests : IDisposable
{
    private readonly CalibrateInFolder folder = new();

    [Fact]
    public async Task A_broker_without_its_engine_is_a_mistake()
    {
        var file = folder.Write("gaussian.yaml", Problems.Gaussian);
        var answer = await CalibrateInFolder.RunAsync("run", file, "--runs-dir", folder.Folder, "--broker", "amqp://me:secret@host/");
        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("--engine rabbitmq", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_is_none_is_a_mistake()
    {
        var file = folder.Write("gaussian.yaml", Problems.Gaussian);
        var answer = await CalibrateInFolder.RunAsync("run", file, "--runs-dir", folder.Folder, "--engine", "carrier-pigeon");
        Assert.Equal(ExitCode.BadInput, answer.Code);
    }

    public void Dispose() => folder.Dispose();
}
