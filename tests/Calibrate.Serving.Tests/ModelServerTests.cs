using System.Net;
using Calibrate.Models;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime;

namespace Calibrate.Serving.Tests;

public class ModelServerTests(ServedFixture served) : IClassFixture<ServedFixture>
{
    [Fact]
    public void The_client_gets_from_the_server_the_bits_of_the_model()
    {
        Problem remote = ServedFixture.Parse($$"""
            model: { umbridge: "{{served.Address}}", name: forward, outputs: { line: [0, 1, 2, 3], size: 4 } }
            parameters: { offset: normal(0, 2), slope: log_normal(0, 1) }
            targets: { line: { output: line, times: [0, 1, 3], values: [0.1, 1.2, 2.7], sigma: 0.3 } }
            """);
        ILikelihood direct = ServedFixture.Problem.Likelihood.Create();
        ILikelihood through = remote.Likelihood.Create();
        for (int i = 1; i <= 50; i++)
        {
            double offset = Math.Sin(i) / 3;
            double slope = Math.Exp(Math.Cos(i));
            double[] natural = [.. ServedFixture.Problem.NaturalNames.Select(n => n switch { "offset" => offset, "slope" => slope, _ => 2 * offset })];
            Assert.Equal(LogLikelihood(direct, natural), LogLikelihood(through, offset, slope));
        }
    }

    [Fact]
    public async Task Refuses_an_address_that_is_taken()
    {
        ModelServerOptions taken = new(IPAddress.Loopback, new Uri(served.Address).Port, 1);
        RunException refusal = await Assert.ThrowsAsync<RunException>(
            () => ModelServer.StartAsync(ServedFixture.Problem, new BuiltInModels(), taken, TimeProvider.System));
        Assert.StartsWith($"cannot listen at 127.0.0.1:{taken.Port}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serves_a_density_whose_failures_are_impossible_points()
    {
        Problem density = ServedFixture.Parse("""
            model: { expression: { log_density: sqrt(x) } }
            parameters: { x: uniform(-2, 2) }
            """);
        await using ModelServer server = await ModelServer.StartAsync(
            density, new BuiltInModels(), new ModelServerOptions(IPAddress.Loopback, 0, 1), TimeProvider.System);
        using HttpClient client = new() { BaseAddress = server.Address };
        Assert.Equal("{\"output\": [[1.0]]}", await Evaluate(client, "forward", 1));
        Assert.Equal("{\"output\": [[-1e999]]}", await Evaluate(client, "posterior", -1));
        Assert.Contains("\"type\": \"InvalidOutput\"", await Evaluate(client, "forward", -1), StringComparison.Ordinal);
    }

    private static async Task<string> Evaluate(HttpClient client, string name, int x)
    {
        using StringContent content = new($"{{\"name\": \"{name}\", \"input\": [[{x}]]}}");
        using HttpResponseMessage response = await client.PostAsync(new Uri("Evaluate", UriKind.Relative), content);
        return await response.Content.ReadAsStringAsync();
    }

    private static double LogLikelihood(ILikelihood likelihood, params double[] natural)
    {
        EvaluationBatch batch = new();
        likelihood.Evaluate(1, natural, batch);
        return batch.LogLikelihoods[0];
    }
}
