using System.Net.Http.Headers;
using Calibrate.Dashboard.Security;
using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;

namespace Calibrate.Dashboard.Tests.Support;

/// <summary>A dashboard within the test, over a journal in memory with one finished run, <c>demo</c>.</summary>
public sealed class DashboardUnderTest : IAsyncLifetime
{
    public static readonly RunId Demo = RunId.Parse("demo");

    public const string Origin = "http://127.0.0.1:8750";

    private DashboardServer? server;

    public AccessToken Token { get; } = AccessToken.Random();

    public InMemoryJournal Journal { get; } = new();

    public ScriptedControl Control { get; } = new();

    public List<string> Log { get; } = [];

    public static Problem Problem { get; } = new ConjugateProblem { Iterations = 1000 }.Build();

    internal WebApplication Application => server!.Application;

    public static async Task RunAsync(IJournal journal, RunId run, Problem problem) =>
        Assert.Equal(RunOutcome.Completed, (await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(run, problem))).Outcome);

    public async Task InitializeAsync()
    {
        await RunAsync(Journal, Demo, Problem);
        var sources = new DashboardSources
        {
            Journal = Journal,
            Place = "memory",
            LoadProblemAsync = (_, _) => Task.FromResult(Problem),
            Control = Control,
            Downloads =
            [
                new RunDownload("text", "A text", ".txt", "text/plain", (run, path, stop) => File.WriteAllTextAsync(path, $"draws of {run}", stop)),
                new RunDownload("broken", "Never", ".txt", "text/plain", (_, _, _) => throw new RunException("there are no draws yet")),
            ],
            Clock = TimeProvider.System,
        };
        server = DashboardServer.Build(sources, new DashboardOptions(System.Net.IPAddress.Loopback, 8750, Token), Log.Add, host => host.UseTestServer());
        await server.Application.StartAsync();
    }

    public Task DisposeAsync() => server!.DisposeAsync().AsTask();

    /// <summary>A program that says nothing about itself.</summary>
    public HttpClient Stranger()
    {
        var client = new HttpClient(server!.Application.GetTestServer().CreateHandler()) { BaseAddress = new Uri(Origin) };
        return client;
    }

    /// <summary>A program that knows the token.</summary>
    public HttpClient Friend()
    {
        var client = Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token.Reveal());
        return client;
    }

    public static HttpRequestMessage Request(string method, string path, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}

/// <summary>Answers as it was told, and remembers what it was asked.</summary>
public sealed class ScriptedControl : IRunControl
{
    public List<(RunId Run, ControlRequest Request)> Asked { get; } = [];

    public ControlReply Reply { get; set; } = new(ControlResult.NotRunning, "Nobody drives the run.");

    public Task<ControlReply> SendAsync(RunId run, ControlRequest request, CancellationToken cancellationToken = default)
    {
        lock (Asked)
        {
            Asked.Add((run, request));
        }

        return Task.FromResult(Reply);
    }
}
