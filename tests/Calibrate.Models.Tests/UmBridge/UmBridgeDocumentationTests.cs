using Calibrate.Problems;

namespace Calibrate.Models.Tests.UmBridge;

/// <summary>docs/models/umbridge.md says what is true.</summary>
public class UmBridgeDocumentationTests
{
    private const string Page = "umbridge.md";

    public static TheoryData<int> Lines => [.. DocumentedBlocks.Of(Page).Select(b => b.Line)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_block_loads_and_evaluates(int line)
    {
        using FakeServer server = new((path, body) =>
        {
            bool density = body.Contains("posterior", StringComparison.Ordinal);
            return Answer.Json(path switch
            {
                "/Info" => "{\"protocolVersion\": 1.0, \"models\": [\"forward\", \"posterior\"]}",
                "/ModelInfo" => "{\"support\": {\"Evaluate\": true}}",
                "/InputSizes" => "{\"inputSizes\": [2]}",
                "/OutputSizes" => density ? "{\"outputSizes\": [1]}" : "{\"outputSizes\": [3, 1]}",
                _ => density ? "{\"output\": [[-2.5]]}" : "{\"output\": [[0.5, 1.0, 2.0], [1.0]]}",
            });
        });
        string text = DocumentedBlocks.Of(Page).Single(b => b.Line == line).Text
            .Replace("http://localhost:4242", server.Address, StringComparison.Ordinal);
        Problem problem = ProblemTexts.Load(text);
        Assert.True(double.IsFinite(ProblemTexts.LogLikelihood(problem, 1, 1)));
    }

    [Fact]
    public void The_same_model_elsewhere_is_the_same_problem()
    {
        using FakeServer here = FakeServer.Of(_ => Answer.BrokenOff, "[1]");
        using FakeServer there = FakeServer.Of(_ => Answer.BrokenOff, "[1]");
        Assert.Equal(Fingerprint(here, "1"), Fingerprint(there, "1"));
        Assert.NotEqual(Fingerprint(here, "1"), Fingerprint(here, "2"));
    }

    private static Fingerprint Fingerprint(FakeServer server, string version) => ProblemTexts.Load($$"""
        model: { umbridge: "{{server.Address}}", log_density: true, version: "{{version}}" }
        parameters: { a: normal(0, 1), b: normal(0, 1) }
        """).ModelFingerprint("build");
}
