using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Expressions;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class PriorTextTests
{
    [Theory]
    [InlineData("uniform(0.3, 3)", "uniform(0.3, 3)")]
    [InlineData(" normal( 8 ,1.5 ) ", "normal(8, 1.5)")]
    [InlineData("gaussian(0, 1)", "normal(0, 1)")]
    [InlineData("flat", "flat")]
    [InlineData("uniform(min(1, 2), (3 + 1) * 2)", "uniform(1, 8)")]
    public void Distributions_are_read_as_they_are_written(string text, string expected) =>
        Assert.Equal(expected, PriorText.Read(text).ToString());

    [Fact]
    public void Every_distribution_prints_what_reads_back()
    {
        foreach (DistributionDefinition definition in DistributionCatalog.Definitions)
        {
            double[] arguments = [.. Enumerable.Range(1, definition.Parameters.Count).Select(i => i + 0.125)];
            string text = definition.Create(arguments).ToString()!;
            Assert.Equal(text, PriorText.Read(text).ToString());
        }
    }

    [Theory]
    [InlineData("normal(0, x)", 10, "unknown name 'x'")]
    [InlineData("normal(0, 1", 11, "the end of the text")]
    [InlineData("normal(0, 1)x", 13, "the end of the text")]
    [InlineData("normal(, 1)", 7, "the end of the expression")]
    [InlineData("normal(0, 1/0)", 9, "'1/0'")]
    [InlineData("nrmal(0, 1)", 0, "unknown distribution 'nrmal'")]
    public void Mistakes_know_their_character(string text, int position, string found)
    {
        ExpressionException mistake = Assert.Throws<ExpressionException>(() => PriorText.Read(text));
        Assert.Equal((position, found), (mistake.Position, mistake.Found));
    }
}
