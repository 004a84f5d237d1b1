using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class CompositeShapesTests
{
    private static readonly MappingShape Shape = new(
        "a test",
        new Key("size", new NumberShape(0, isStrict: true), "Size.", IsRequired: true),
        new Key("items", new ListShape(new IntegerShape(1), "a list of 1 to 2 whole numbers", 1, 2), "Items."),
        new Key("either", new OneOfShape(new ChoiceShape("yes", "no"), new NamedShape(new BooleanShape(), "names")), "Either."),
        new Key("variant", new VariantShape("one", new Key("a", new NumberShape(), "A."), new Key("b", new NumberShape(), "B.")), "Variant."));

    [Theory]
    [InlineData("size: 1")]
    [InlineData("{ size: 0.5, items: [1, 2], either: yes, variant: { a: 1 } }")]
    [InlineData("{ size: 0.5, either: { x: true, y: false } }")]
    public void What_fits_is_accepted(string yaml) => Assert.Empty(Check(yaml));

    [Theory]
    [InlineData("items: [1]", "x: found no key 'size', expected 'size': a number above 0")]
    [InlineData("sise: 1", "x.sise: found the unknown key 'sise', expected one of size, items, either, variant (did you mean 'size'?)")]
    [InlineData("{ size: 0 }", "x.size: found '0', expected a number above 0")]
    [InlineData("{ size: }", "x.size: found nothing, expected a number above 0")]
    [InlineData("{ size: 1, items: [] }", "x.items: found a list of 0, expected a list of 1 to 2 whole numbers")]
    [InlineData("{ size: 1, items: [1, 2, 3] }", "x.items: found a list of 3, expected a list of 1 to 2 whole numbers")]
    [InlineData("{ size: 1, items: [1, 0] }", "x.items[1]: found '0', expected a whole number of at least 1")]
    [InlineData("{ size: 1, items: 1 }", "x.items: found '1', expected a list of 1 to 2 whole numbers")]
    [InlineData("{ size: 1, either: yse }", "x.either: found 'yse', expected one of yes, no, or names (did you mean 'yes'?)")]
    [InlineData("{ size: 1, either: [] }", "x.either: found a list, expected one of yes, no, or names")]
    [InlineData("{ size: 1, either: { z: 1 } }", "x.either.z: found '1', expected true or false")]
    [InlineData("{ size: 1, variant: { a: 1, b: 2 } }", "x.variant: found 2 keys, expected exactly one of a, b")]
    [InlineData("{ size: 1, variant: { c: 1 } }", "x.variant.c: found 'c', expected one of a, b")]
    [InlineData("[1]", "x: found a list, expected a mapping (a test) with size, items, either, variant")]
    public void What_does_not_is_told(string yaml, string expected) => Assert.Equal([expected], Check(yaml));

    private static IEnumerable<string> Check(string yaml)
    {
        Mistakes mistakes = new();
        Shape.Check(YamlTreeReader.Read("f", yaml, mistakes)!, "x", new ShapeMistakes(mistakes));
        return mistakes.Errors.Select(e => (e with { File = null }).ToString());
    }
}
