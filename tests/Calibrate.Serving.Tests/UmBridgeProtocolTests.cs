using System.Text.Json;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Serving.Tests;

public class UmBridgeProtocolTests(ServedFixture served) : IClassFixture<ServedFixture>
{
    [Fact]
    public async Task Info_tells_the_version_and_both_models()
    {
        string info = await served.Client.GetStringAsync(new Uri("Info", UriKind.Relative));
        ProtocolSchemas.Check("Info", info);
        Assert.Contains("[\"forward\", \"posterior\"]", info, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forward", "[2]", "[4, 4]")]
    [InlineData("posterior", "[2]", "[1]")]
    public async Task Models_tell_what_they_support_and_their_sizes(string name, string inputs, string outputs)
    {
        (int status, string body) = await served.PostAsync("ModelInfo", $"{{\"name\": \"{name}\"}}");
        Assert.Equal(200, status);
        ProtocolSchemas.Check("ModelInfo", body);
        Assert.Contains("\"Evaluate\": true, \"Gradient\": false", body, StringComparison.Ordinal);
        (_, body) = await served.PostAsync("InputSizes", $"{{\"name\": \"{name}\", \"config\": {{}}}}");
        ProtocolSchemas.Check("InputSizes", body);
        Assert.Contains(inputs, body, StringComparison.Ordinal);
        (_, body) = await served.PostAsync("OutputSizes", $"{{\"name\": \"{name}\", \"config\": {{}}}}");
        ProtocolSchemas.Check("OutputSizes", body);
        Assert.Contains(outputs, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_gives_every_output()
    {
        (int status, string body) = await served.PostAsync("Evaluate", "{\"name\": \"forward\", \"input\": [[0.5, 4]], \"config\": {}}");
        Assert.Equal(200, status);
        ProtocolSchemas.Check("Evaluate", body);
        Assert.Equal("{\"output\": [[1.5, 5.5, 9.5, 13.5], [2.0, 2.0, 2.0, 2.0]]}", body);
    }

    [Fact]
    public async Task Posterior_has_the_bits_of_prior_and_likelihood()
    {
        (_, string body) = await served.PostAsync("Evaluate", "{\"name\": \"posterior\", \"input\": [[0.1, 0.9]]}");
        ProtocolSchemas.Check("Evaluate", body);
        EvaluationBatch batch = new();
        ServedFixture.Problem.Likelihood.Create().Evaluate(1, Natural(0.1, 0.9), batch);
        double expected = batch.LogLikelihoods[0]
            - (0.1 * 0.1 / 8) - Math.Log(2 * Math.Sqrt(2 * Math.PI)) - (Math.Log(0.9) * Math.Log(0.9) / 2) - Math.Log(0.9 * Math.Sqrt(2 * Math.PI));
        using JsonDocument document = JsonDocument.Parse(body);
        Assert.Equal(expected, document.RootElement.GetProperty("output")[0][0].GetDouble(), 1e-12);
    }

    [Fact]
    public async Task Posterior_is_minus_infinity_outside_of_the_prior_in_a_form_that_every_parser_reads()
    {
        (int status, string body) = await served.PostAsync("Evaluate", "{\"name\": \"posterior\", \"input\": [[0.5, -1]]}");
        Assert.Equal((200, "{\"output\": [[-1e999]]}"), (status, body));
        ProtocolSchemas.Check("Evaluate", body);
        (status, body) = await served.PostAsync("Evaluate", "{\"name\": \"forward\", \"input\": [[0.5, -1]]}");
        Assert.Equal(400, status);
        Assert.Contains("outside of the prior", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Evaluate", "{\"name\": \"forwart\", \"input\": [[1, 1]]}", 400, "ModelNotFound")]
    [InlineData("ModelInfo", "{\"name\": \"x\"}", 400, "ModelNotFound")]
    [InlineData("Evaluate", "{\"name\": \"forward\"}", 400, "InvalidInput")]
    [InlineData("Evaluate", "{\"name\": \"forward\", \"input\": [1, 2]}", 400, "InvalidInput")]
    [InlineData("Evaluate", "{\"name\": \"forward\", \"input\": [[1]]}", 400, "InvalidInput")]
    [InlineData("Evaluate", "{\"name\": \"forward\", \"input\": [[1, 2], [3]]}", 400, "InvalidInput")]
    [InlineData("Evaluate", "{\"name\": \"forward\", \"input\": [[1, \"2\"]]}", 400, "InvalidInput")]
    [InlineData("Evaluate", "{\"name\": \"forward\", \"input\": [[1, NaN]]}", 400, "InvalidInput")]
    [InlineData("Evaluate", "{\"name\": \"forward\", \"input\": [[1, 1e999]]}", 400, "InvalidInput")]
    [InlineData("Evaluate", "{\"name\": \"forward\", \"input\": [[1, 2]], \"config\": {\"level\": 1}}", 400, "InvalidInput")]
    [InlineData("Evaluate", "{\"input\": [[1, 2]]}", 400, "InvalidInput")]
    [InlineData("Evaluate", "{\"name\": \"\\ud800\", \"input\": [[1, 2]]}", 400, "InvalidInput")]
    [InlineData("Evaluate", "{\"\\ud800ame\": \"forward\", \"input\": [[1, 2]]}", 400, "InvalidInput")]
    [InlineData("Evaluate", "{\"name\": \"forward\", \"input\": [[1, \"\\ud800\"]]}", 400, "InvalidInput")]
    [InlineData("Evaluate", "[]", 400, "InvalidInput")]
    [InlineData("Evaluate", "{} {}", 400, "InvalidInput")]
    [InlineData("Evaluate", "", 400, "InvalidInput")]
    [InlineData("Gradient", "{\"name\": \"forward\"}", 400, "UnsupportedFeature")]
    [InlineData("ApplyJacobian", "{\"name\": \"posterior\"}", 400, "UnsupportedFeature")]
    [InlineData("ApplyHessian", "{\"name\": \"forward\"}", 400, "UnsupportedFeature")]
    [InlineData("Info", "{}", 405, "InvalidInput")]
    [InlineData("EvaluateShMem", "{}", 404, "InvalidInput")]
    public async Task Mistakes_are_answered_in_the_form_of_the_protocol(string endpoint, string request, int expected, string type)
    {
        (int status, string body) = await served.PostAsync(endpoint, request);
        Assert.Equal(expected, status);
        ProtocolSchemas.Check("Error", body);
        Assert.Contains($"\"type\": \"{type}\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_without_end_are_refused()
    {
        // A client that sends on while the server has refused and closed may see a broken connection instead of the answer: this one asks first.
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri("Evaluate", UriKind.Relative));
        request.Headers.ExpectContinue = true;
        request.Content = new StringContent(new string(' ', UmBridgeProtocol.LargestBody + 1));
        using HttpResponseMessage response = await served.Client.SendAsync(request);
        Assert.Equal(413, (int)response.StatusCode);
        ProtocolSchemas.Check("Error", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Only_local_names_are_answered()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("Info", UriKind.Relative));
        request.Headers.Host = "evil.example";
        using HttpResponseMessage response = await served.Client.SendAsync(request);
        Assert.Equal(403, (int)response.StatusCode);
        ProtocolSchemas.Check("Error", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Many_clients_are_answered_at_once_each_with_its_own()
    {
        string[] bodies = await Task.WhenAll(Enumerable.Range(1, 200).Select(async i =>
            (await served.PostAsync("Evaluate", $"{{\"name\": \"forward\", \"input\": [[{i}, 1]]}}")).Body));
        Assert.All(bodies.Index(), b => Assert.StartsWith($"{{\"output\": [[{3 * (b.Index + 1)}.0, ", b.Item, StringComparison.Ordinal));
    }

    private static double[] Natural(double offset, double slope) =>
        [.. ServedFixture.Problem.NaturalNames.Select(n => n switch { "offset" => offset, "slope" => slope, _ => 2 * offset })];
}
