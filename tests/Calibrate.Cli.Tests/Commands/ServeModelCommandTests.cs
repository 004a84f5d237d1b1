using System.Net.Sockets;
using System.Text.Json;

namespace Calibrate.Cli.Tests.Commands;

public sealed class ServeModelCommandTests : IDisposable
{
    private readonly CalibrateInFolder _calibrate = new();
    private readonly string _problem;

    public ServeModelCommandTests() => _problem = _calibrate.Write("gaussian.yaml", Problems.Gaussian);

    [Fact]
    public async Task It_says_where_it_serves_what_and_stops_with_Ctrl_C()
    {
        using var stop = new CancellationTokenSource();
        using var output = new Lines();
        using var error = new Lines();
        var serving = CommandLine.InvokeAsync(
            ["serve-model", _problem, "--port", "0", "--slots", "2"], new Terminal(output, error, interactive: false, width: 160), stop.Token);

        var line = await output.First;
        Assert.Matches(@"^Serving gaussian at http://127\.0\.0\.1:\d+/: models forward and posterior, 2 evaluations at a time\.$", line);
        Assert.Equal("One vector of 2: x1, x2. Ctrl-C stops.", await error.First);
        using var client = new HttpClient { BaseAddress = new Uri(line.Split(' ')[3].TrimEnd(':')) };
        using var info = JsonDocument.Parse(await client.GetStringAsync(new Uri("Info", UriKind.Relative)));
        Assert.Equal(["forward", "posterior"], info.RootElement.GetProperty("models").EnumerateArray().Select(name => name.GetString()));

        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await serving);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri("Info", UriKind.Relative)));
    }

    [Fact]
    public async Task At_another_address_it_warns_that_there_are_no_passwords()
    {
        using var stop = new CancellationTokenSource();
        using var output = new Lines();
        using var error = new Lines();
        var serving = CommandLine.InvokeAsync(
            ["serve-model", _problem, "--port", "0", "--host", "0.0.0.0"], new Terminal(output, error, interactive: false, width: 160), stop.Token);
        Assert.Contains("knows no passwords", await error.First, StringComparison.Ordinal);
        await stop.CancelAsync();
        await serving;
    }

    [Theory]
    [InlineData("--host", "nowhere", "--host is 'nowhere'; expected an address of this machine")]
    [InlineData("--port", "65536", "--port is 65536; expected a number from 0 to 65535")]
    [InlineData("--slots", "0", "--slots is 0; expected a number from 1 to 4096")]
    public async Task What_makes_no_sense_is_bad_input(string option, string value, string message)
    {
        var answer = await CalibrateInFolder.RunAsync("serve-model", _problem, option, value);
        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
        Assert.Equal("", answer.Output);
    }

    [Fact]
    public async Task Slots_of_this_machine_and_workers_do_not_go_together()
    {
        var answer = await CalibrateInFolder.RunAsync(
            "serve-model", _problem, "--slots", "2", "--engine", "rabbitmq", "--broker", "amqp://nobody:none@127.0.0.1:1/");
        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("`calibrate worker --slots N`", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var owner = new TcpListener(System.Net.IPAddress.Loopback, 0);
        owner.Start();
        var port = ((System.Net.IPEndPoint)owner.LocalEndpoint).Port;
        var answer = await CalibrateInFolder.RunAsync("serve-model", _problem, "--port", $"{port}");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains($"cannot listen at 127.0.0.1:{port}", answer.Error, StringComparison.Ordinal);
        Assert.Contains("--port", answer.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _calibrate.Dispose();

    /// <summary>Says when the first line is there.</summary>
    private sealed class Lines : StringWriter
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> First => _first.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            _first.TrySetResult(value ?? "");
        }
    }
}
