using System.Text.Json.Nodes;
using Calibrate.Problems.Tests.Fakes;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class ModelShapesTests
{
    [Theory]
    [InlineData("model: { tape: a, speed: 2 }", "model.speed", "the unknown key 'speed'")]
    [InlineData("model: { tape: a, wait: long }", "model.wait", "'long'")]
    [InlineData("model: { tape: a, files: d.csv }", "model.files", "'d.csv'")]
    [InlineData("model: { tape: a, outputs: { y: some } }", "model.outputs.y", "'some'")]
    [InlineData("model: { tape: a, outputs: { y: 0 } }", "model.outputs.y", "'0'")]
    [InlineData("model: tape", "model", "'tape'")]
    [InlineData("model: { name: tape }", "model.name", "'tape'")]
    public void Mistakes_in_a_direct_model_are_told_at_their_key(string yaml, string path, string found)
    {
        ProblemError error = Assert.Single(Check(yaml));
        Assert.Equal((path, found), (error.Path, error.Found));
    }

    [Theory]
    [InlineData("model: { tape: a }")]
    [InlineData("model: { tape: a, wait: 90 s, files: [d.csv], outputs: { y: scalar, z: 4, w: [1, 2] } }")]
    public void A_direct_model_is_accepted(string yaml) => Assert.Empty(Check(yaml));

    [Fact]
    public void The_schema_has_a_form_for_each_direct_model()
    {
        JsonObject schema = ProblemShapes.Root(new FakeCatalog()).ToSchema();
        string text = schema["properties"]!["model"]!.ToJsonString();
        Assert.Contains("Plays a tape.", text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ProblemError> Check(string yaml)
    {
        Mistakes mistakes = new();
        YamlMapping root = (YamlMapping)YamlTreeReader.Read("f", yaml + "\nparameters: { a: 1 }", mistakes)!;
        ProblemShapes.Root(new FakeCatalog()).Check(root, "", new ShapeMistakes(mistakes));
        return mistakes.Errors;
    }
}
