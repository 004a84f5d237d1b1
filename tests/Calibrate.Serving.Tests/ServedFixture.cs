using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Calibrate.Models;
using Calibrate.Problems;
using Calibrate.Problems.Files;

namespace Calibrate.Serving.Tests;

/// <summary>A small problem with a tie, a fixed parameter, a transform and a limited prior, served over loopback.</summary>
public sealed class ServedFixture : IAsyncLifetime
{
    private const string Text = """
        model:
          expression: { line: offset + slope * v + extra, size: sqrt(slope) }
          over: { v: [0, 1, 2, 3] }
        parameters:
          offset: normal(0, 2)
          slope: { prior: "log_normal(0, 1)", transform: log }
          extra: { tie: 2 * offset }
        targets:
          line: { output: line, times: [0, 1, 3], values: [0.1, 1.2, 2.7], sigma: 0.3 }
        """;

    private ModelServer? server;

    public static Problem Problem { get; } = Parse(Text);

    public HttpClient Client { get; } = new();

    public string Address => server!.Address.ToString();

    public static Problem Parse(string text) =>
        ProblemFile.Parse(new ProblemSource(Path.Combine(AppContext.BaseDirectory, "served.yaml"), text, []), new BuiltInModels());

    public async Task InitializeAsync()
    {
        server = await ModelServer.StartAsync(
            Problem, new BuiltInModels(), new ModelServerOptions(IPAddress.Loopback, 0, 2), TimeProvider.System);
        Client.BaseAddress = server.Address;
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await server!.DisposeAsync();
    }

    public async Task<(int Status, string Body)> PostAsync(string endpoint, string body)
    {
        // as the clients of C++ and R do, which say nothing about the type
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        using HttpResponseMessage response = await Client.PostAsync(new Uri(endpoint, UriKind.Relative), content);
        Assert.Equal(new MediaTypeHeaderValue("application/json"), response.Content.Headers.ContentType);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
