using System.Text.Json.Nodes;
using Calibrate.Models;
using Calibrate.Problems.Tests.Fakes;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class ProblemSchemaTests
{
    private static readonly string SchemaFile = Checkout.PathOf("schemas", "problem.schema.json");

    /// <summary>
    /// The file is written from the tables of the reader. After a change of those, write it anew:
    /// <c>CALIBRATE_WRITE_SCHEMA=1 dotnet test tests/Calibrate.Problems.Tests --filter ProblemSchema</c>.
    /// </summary>
    [Fact]
    public void The_schema_in_the_repository_is_what_the_reader_checks()
    {
        string generated = ProblemSchema.Generate(new BuiltInModels());
        if (Environment.GetEnvironmentVariable("CALIBRATE_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(SchemaFile, generated);
        }

        Assert.True(generated == File.ReadAllText(SchemaFile), "schemas/problem.schema.json is out of date: see the comment of this test");
    }

    [Fact]
    public void Every_sample_is_valid() => Assert.All(
        Directory.EnumerateFiles(Checkout.PathOf("samples"), "*.yaml", SearchOption.AllDirectories),
        file => Assert.Empty(SchemaCheck.Violations(Schema(), File.ReadAllText(file))));

    [Fact]
    public void Every_block_of_the_documentation_is_valid() => Assert.All(
        DocumentedProblem.All,
        block => Assert.Empty(SchemaCheck.Violations(Schema(), block.Text)));

    [Theory]
    [InlineData("model: rosenbrock", "$: 'parameters' is missing")]
    [InlineData("model: rosenbrok\nparameters: {}", "$.model: fits nothing")]
    [InlineData("model: rosenbrock\nparameters: { x: { priors: flat } }", "$.parameters.x: fits nothing")]
    [InlineData("model: rosenbrock\nparameters: {}\nmethod: { walkers: 1.5 }", "$.method.walkers: not of type integer")]
    [InlineData("model: rosenbrock\nparameters: {}\nextra: 1", "$: 'extra' is not allowed")]
    [InlineData("model: { name: two-layer, options: { forcin: x } }\nparameters: {}", "$.model: fits nothing")]
    public void Mistakes_violate_it(string text, string violation) => Assert.Contains(violation, SchemaCheck.Violations(Schema(), text));

    [Fact]
    public void Every_key_is_described()
    {
        foreach (JsonObject keys in Mappings(Schema()))
        {
            Assert.All(keys, key => Assert.False(string.IsNullOrWhiteSpace((string?)key.Value!["description"])));
        }
    }

    private static JsonObject Schema() => JsonNode.Parse(File.ReadAllText(SchemaFile))!.AsObject();

    private static IEnumerable<JsonObject> Mappings(JsonNode? node) => node switch
    {
        JsonObject schema => (schema["properties"] is JsonObject properties && schema["additionalProperties"] is JsonValue ? [properties] : Array.Empty<JsonObject>())
            .Concat(schema.SelectMany(p => Mappings(p.Value))),
        JsonArray list => list.SelectMany(Mappings),
        _ => [],
    };
}
