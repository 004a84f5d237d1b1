using Calibrate.Problems.Building;
using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Tests.Building;

public class TiesTests
{
    [Fact]
    public void Ties_are_ordered_so_that_each_can_be_computed()
    {
        Mistakes mistakes = new();
        TiedParameter[]? order = Ties.Order(
            [Parameter.Tied("a", "b + c"), Parameter.Tied("b", "2 * c"), Parameter.Tied("c", "x"), Parameter.Fixed("x", 1)],
            ["a", "b", "c", "x"],
            mistakes);
        Assert.Empty(mistakes.Errors);
        Assert.Equal([2, 1, 0], order!.Select(t => t.Slot));
    }

    [Theory]
    [InlineData("a: a", "a", "a -> a")]
    [InlineData("a: b, b: c, c: a", "a", "a -> b -> c -> a")]
    [InlineData("a: b, b: c, c: b", "b", "b -> c -> b")]
    public void Circles_are_named(string ties, string at, string circle)
    {
        Parameter[] parameters = [.. ties.Split(", ").Select(t => Parameter.Tied(t.Split(": ")[0], t.Split(": ")[1]))];
        Mistakes mistakes = new();
        Assert.Null(Ties.Order(parameters, [.. parameters.Select(p => p.Name)], mistakes));
        ProblemError error = Assert.Single(mistakes.Errors);
        Assert.Equal(($"parameters.{at}.tie", $"a cycle: {circle}"), (error.Path, error.Found));
    }
}
