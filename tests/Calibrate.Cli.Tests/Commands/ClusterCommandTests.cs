namespace Calibrate.Cli.Tests.Commands;

public class ClusterCommandTests
{
    [Fact]
    public async Task Without_a_password_the_message_says_where_to_put_it()
    {
        var answer = await CalibrateInFolder.RunAsync("cluster", "status", "--broker", "amqp://me@no-such-broker-of-these-tests/");
        Assert.Equal((ExitCode.Failed, ""), (answer.Code, answer.Output));
        Assert.Contains("CALIBRATE_BROKER_PASSWORD_FILE", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_one_message()
    {
        var answer = await CalibrateInFolder.RunAsync("cluster", "status", "--broker", "amqp://me:secret@127.0.0.1:1/");
        Assert.Equal((ExitCode.Failed, ""), (answer.Code, answer.Output));
        Assert.Contains("127.0.0.1:1 cannot be reached", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Error, StringComparison.Ordinal);
    }
}
