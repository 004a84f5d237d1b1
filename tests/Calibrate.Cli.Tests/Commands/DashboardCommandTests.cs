namespace Calibrate.Cli.Tests.Commands;

public class DashboardCommandTests
{
    [Theory]
    [InlineData("--port 70000", "--port is 70000")]
    [InlineData("--host somewhere", "--host is 'somewhere'")]
    [InlineData("--cert host.pem", "--cert with the certificate and --key with its key")]
    [InlineData("--cert missing.pem --key missing.key", "no certificate with its key can be read")]
    [InlineData("--token-file missing.txt", "--token-file missing.txt cannot be read")]
    public async Task A_mistake_is_one_message_and_nothing_is_served(string arguments, string complaint)
    {
        var answer = await CalibrateInFolder.RunAsync(["dashboard", .. arguments.Split(' ')]);
        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains(complaint, answer.Error, StringComparison.Ordinal);
        Assert.Empty(answer.Output);
    }

    [Fact]
    public async Task An_address_that_others_reach_is_refused_without_a_certificate_and_no_token_is_shown()
    {
        var answer = await CalibrateInFolder.RunAsync("dashboard", "--host", "0.0.0.0");
        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("--cert and --key", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("token=", answer.Output + answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_too_short_is_refused()
    {
        using var folder = new CalibrateInFolder();
        var answer = await CalibrateInFolder.RunAsync("dashboard", "--token-file", folder.Write("token", "secret\n"));
        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("at least 32 are expected", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_serves_until_it_is_told_to_stop_and_prints_its_address_once()
    {
        using var folder = new CalibrateInFolder();
        using var stop = new CancellationTokenSource();
        await using var output = new FirstLine(stop);
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, interactive: false, width: 160);
        var code = await CommandLine.InvokeAsync(["dashboard", "--port", "0", "--runs-dir", folder.Folder], terminal, stop.Token);

        Assert.Equal(ExitCode.Done, code);
        Assert.Matches(@"^Dashboard of the runs in .+: http://127\.0\.0\.1:\d+/\?token=[A-Za-z0-9_-]{43}\s*$", output.ToString());
        Assert.DoesNotContain("token=", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Presses Ctrl-C as soon as something was printed.</summary>
    private sealed class FirstLine(CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            stop.Cancel();
        }
    }
}
