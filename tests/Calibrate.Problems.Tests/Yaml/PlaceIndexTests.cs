using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class PlaceIndexTests
{
    [Theory]
    [InlineData("a", null, 1, 4)]
    [InlineData("a", 2, 1, 6)]
    [InlineData("b", null, 2, 1)]
    [InlineData("b.c[1]", null, 3, 10)]
    [InlineData("b.c[7]", null, 3, 3)]
    [InlineData("b.missing.deep", null, 2, 1)]
    [InlineData("q", 1, 4, 6)]
    [InlineData("nowhere", null, 1, 1)]
    public void A_path_leads_to_its_value_or_the_nearest_key_above(string path, int? offset, int line, int column)
    {
        Mistakes mistakes = new();
        YamlNode root = YamlTreeReader.Read("f", "a: 1 + x\nb:\n  c: [1, 2]\nq: \"text\"\n", mistakes)!;
        ProblemError located = new PlaceIndex(root).Locate(new ProblemError(path, "x", "y") { Offset = offset });
        Assert.Equal(("f", line, column), (located.File, located.Line, located.Column));
    }
}
