using Calibrate.Problems.Models;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Models;

public class ModelOptionsTests
{
    [Fact]
    public void Every_kind_of_option_arrives_from_a_file()
    {
        FakeCatalog catalog = new();
        new Problems.Yaml.ProblemReader(catalog, new MemoryFiles()).Read(
            new ProblemSource(
                "/p.yaml",
                "model: { name: rich, options: { mode: fast, step: 1/4, exact: true, note: '1', weights: [1, 2], matrix: [[1, 2]], agents: [a], names: { k: v }, input: { column: c } } }",
                []),
            "p.yaml",
            "p",
            out _);
        ModelOptions options = catalog.LastOptions!;
        Assert.Equal(("fast", 0.25, true, "1"), (options.Text("mode"), options.Number("step"), options.Boolean("exact"), options.Text("note")));
        Assert.Equal([1.0, 2], options.Numbers("weights"));
        Assert.Equal([1.0, 2], options.Matrix("matrix")[0]);
        Assert.Equal(["a"], options.Texts("agents"));
        Assert.Equal("v", options.TextMapping("names")["k"]);
        Assert.Equal("c", options.Mapping("input").Text("column"));
        Assert.Contains("mode", options.Names);
    }

    [Fact]
    public void What_is_not_given_falls_back_or_fails_with_its_path()
    {
        ModelOptions options = new(new Dictionary<string, object>(StringComparer.Ordinal) { ["n"] = 2.5 });
        Assert.Equal((3, 1.5, true, "x"), (options.Integer("a", 3), options.Number("a", 1.5), options.Boolean("a", true), options.Text("a", "x")));
        Assert.Equal("model.options.a: found nothing, expected a number", Assert.Throws<ModelOptionException>(() => options.Number("a")).Message);
        Assert.Throws<ModelOptionException>(() => options.Integer("n"));
        Assert.Throws<ModelOptionException>(() => options.Numbers("n"));
        Assert.Same(ModelOptions.None, options.Mapping("a"));
    }
}
