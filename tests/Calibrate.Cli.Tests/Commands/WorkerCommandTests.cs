namespace Calibrate.Cli.Tests.Commands;

public class WorkerCommandTests
{
    [Theory]
    [InlineData("many")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100000")]
    public async Task Slots_are_a_number_or_auto(string slots)
    {
        var answer = await CalibrateInFolder.RunAsync("worker", "--broker", "amqp://me:secret@127.0.0.1:1/", "--slots", slots);
        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains($"--slots is '{slots}'", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        var answer = await CalibrateInFolder.RunAsync("worker", "--broker", "amqp://me:secret@127.0.0.1:1/", "--files", "/no/such/folder");
        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("/no/such/folder", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_url_that_is_none_is_one_message_without_its_password()
    {
        var answer = await CalibrateInFolder.RunAsync("worker", "--broker", "http://me:secret@host/");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains("expected amqp://", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Error, StringComparison.Ordinal);
    }
}
