using System.Globalization;
using System.Net;
using System.Text.Json;
using Calibrate.Cluster.Tests.Processes;

namespace Calibrate.Cluster.Tests;

/// <summary>A problem that workers evaluate for UM-Bridge clients.</summary>
public class ServeModelTests
{
    private const int Requests = 50;

    [SkippableFact]
    public async Task The_climate_sample_is_served_with_the_bits_of_the_local_evaluation()
    {
        await using var cluster = ClusterUnderTest.Open();
        var sample = Path.Combine(ClusterUnderTest.Repository(), "samples", "climate", "two-layer.yaml");
        var (_, remote) = await ServeAsync(cluster, sample, "--engine", "rabbitmq");
        var (_, local) = await ServeAsync(cluster, sample, "--slots", "1");
        cluster.StartWorker();
        cluster.StartWorker();
        string[] bodies = [.. Enumerable.Range(0, Requests).Select(i => Body(
            i % 2 == 0 ? "forward" : "posterior", 1 + (0.02 * i), 0.5 + (0.01 * i), 8 + Math.Sin(i), 1 + (0.1 * Math.Cos(i))))];
        Assert.Equal(await Task.WhenAll(bodies.Select(body => AskAsync(local, body))), await Task.WhenAll(bodies.Select(body => AskAsync(remote, body))));
    }

    [SkippableFact]
    public async Task A_killed_worker_costs_no_request()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Slow);
        var workers = new[] { cluster.StartWorker(), cluster.StartWorker() };
        var (server, remote) = await ServeAsync(cluster, problem, "--engine", "rabbitmq");
        var (_, local) = await ServeAsync(cluster, problem, "--slots", "1");
        string[] bodies = [.. Enumerable.Range(0, Requests).Select(i => Body("posterior", Math.Sin(i), Math.Cos(i)))];
        var answers = bodies.Select(body => AskAsync(remote, body)).ToList();
        await Task.WhenAny(answers);
        workers[0].Kill();
        Assert.Contains(answers, answer => !answer.IsCompleted);
        Assert.Equal(await Task.WhenAll(bodies.Select(body => AskAsync(local, body))), await Task.WhenAll(answers));

        server.Terminate();
        await server.ExitAsync(ClusterUnderTest.Patience);
        Assert.DoesNotContain("   at ", server.Errors, StringComparison.Ordinal);
        Assert.False(workers[1].HasExited);
    }

    [SkippableFact]
    public async Task A_point_that_kills_its_process_is_an_error_and_nothing_else_is()
    {
        await using var cluster = ClusterUnderTest.Open();
        cluster.StartWorker();
        cluster.StartWorker();
        var (_, remote) = await ServeAsync(cluster, cluster.Problem(TestProblems.FaultyAtStart("kill")), "--engine", "rabbitmq");
        using HttpClient client = new() { BaseAddress = remote, Timeout = ClusterUnderTest.Patience };
        var deadly = PostAsync(client, Body("forward", 15.5, 0));
        Assert.Equal("{\"output\": [[-0.5]]}", await AskAsync(remote, Body("forward", 1, 0)));
        var (status, text) = await deadly;
        using var error = JsonDocument.Parse(text);
        Assert.Equal((HttpStatusCode.InternalServerError, "InternalError"), (status, error.RootElement.GetProperty("error").GetProperty("type").GetString()));
    }

    private static async Task<(CalibrateProcess Server, Uri Address)> ServeAsync(ClusterUnderTest cluster, string problem, params string[] options)
    {
        var server = cluster.StartCommand(["serve-model", problem, "--port", "0", .. options]);
        await server.PrintsAsync(": models forward and posterior", ClusterUnderTest.Patience);
        var line = server.Output;
        var from = line.IndexOf("http://", StringComparison.Ordinal);
        return (server, new Uri(line[from..line.IndexOf(": models", from, StringComparison.Ordinal)]));
    }

    private static async Task<string> AskAsync(Uri server, string body)
    {
        using HttpClient client = new() { BaseAddress = server, Timeout = ClusterUnderTest.Patience };
        var (status, text) = await PostAsync(client, body);
        Assert.True(status == HttpStatusCode.OK, text);
        return text;
    }

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(HttpClient client, string body)
    {
        using StringContent content = new(body);
        using var response = await client.PostAsync(new Uri("Evaluate", UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Body(string model, params double[] point)
    {
        var input = string.Join(", ", point.Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
        return $$"""{"name": "{{model}}", "input": [[{{input}}]], "config": {} }""";
    }
}
