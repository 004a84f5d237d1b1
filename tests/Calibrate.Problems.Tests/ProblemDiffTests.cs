namespace Calibrate.Problems.Tests;

public class ProblemDiffTests
{
    [Fact]
    public void Changes_are_told_key_by_key() => Assert.Equal(
        ["a: 1 -> 2", "b: removed (was x = y)", "d: added 4"],
        ProblemDiff.Between("a = 1\nb = x = y\nc = 3\n", "a = 2\nc = 3\nd = 4\n").Select(c => c.ToString()));

    [Fact]
    public void Lines_of_one_key_are_compared_in_their_order() => Assert.Equal(
        ["model.identity.2: b -> c", "model.identity.3: added d"],
        ProblemDiff.Between("model.identity = a\nmodel.identity = b\n", "model.identity = a\nmodel.identity = c\nmodel.identity = d\n")
            .Select(c => c.ToString()));

    [Fact]
    public void Equal_texts_have_none() => Assert.Empty(ProblemDiff.Between("a = 1\n", "a = 1\n"));
}
