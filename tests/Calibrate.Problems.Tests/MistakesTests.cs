namespace Calibrate.Problems.Tests;

public class MistakesTests
{
    [Fact]
    public void A_mistake_hides_its_consequences_at_the_key_and_above()
    {
        Mistakes mistakes = new();
        mistakes.Add("parameters.x.prior", "a", "b");
        mistakes.Add("parameters.x.prior", "again", "b");
        mistakes.Add("parameters.x", "a consequence", "b");
        mistakes.Add("parameters.xy", "another", "b");
        Assert.Equal(["a", "another"], mistakes.Errors.Select(e => e.Found));
        Assert.True(mistakes.Has("parameters"));
        Assert.False(mistakes.Has("parameters.x.prior.normal"));
        Assert.Throws<ProblemException>(mistakes.ThrowIfAny);
    }

    [Theory]
    [InlineData("d.csv", 0, 0, "d.csv")]
    [InlineData("d.csv", 3, 0, "d.csv:3")]
    [InlineData("d.csv", 3, 4, "d.csv:3:4")]
    public void Places_are_written_as_compilers_do(string file, int line, int column, string expected) =>
        Assert.Equal(expected, Mistakes.Place(file, line, column));
}
