using Calibrate.Problems.Tests.Fakes;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class OverridesTests
{
    [Theory]
    [InlineData("a=2", "a", "2")]
    [InlineData("b.c=x y", "b.c", "x y")]
    [InlineData("b.new.deep=1", "b.new.deep", "1")]
    [InlineData("list.1=9", "list[1]", "9")]
    [InlineData("b={ c: 5 }", "b.c", "5")]
    [InlineData("a=", "a", "")]
    public void A_value_replaces_or_adds(string text, string path, string expected)
    {
        Mistakes mistakes = new();
        YamlMapping root = (YamlMapping)YamlTreeReader.Read("f", "a: 1\nb: { c: 2 }\nlist: [1, 2]", mistakes)!;
        Overrides.Apply(root, [text], mistakes);
        Assert.Empty(mistakes.Errors);
        YamlScalar scalar = Assert.IsType<YamlScalar>(Find(root, path));
        Assert.Equal((expected, new Mark("--set " + text, 0, 0)), (scalar.Text, scalar.Mark));
    }

    [Fact]
    public void A_path_through_a_value_is_refused() => Assert.Equal(
        ["--set model.name.x=1: model: found 'line', expected a mapping with a key 'name'"],
        Read.Errors(Read.Line, null, "model.name.x=1"));

    [Fact]
    public void An_override_changes_one_use_of_an_alias_and_not_the_others()
    {
        Problem problem = Read.Problem(
            "model: bump\nparameters:\n  x1: &wide { prior: normal(0, 10) }\n  x2: *wide", null, "parameters.x1.prior=normal(0, 1)");
        Assert.Equal(["normal(0, 1)", "normal(0, 10)"], problem.Parameters.Select(p => p.Prior!.ToString()));
    }

    private static YamlNode? Find(YamlNode node, string path)
    {
        YamlNode? current = node;
        foreach (string key in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
        {
            current = current is YamlSequence list ? list.Items[int.Parse(key)] : ((YamlMapping)current!)[key];
        }

        return current;
    }
}
