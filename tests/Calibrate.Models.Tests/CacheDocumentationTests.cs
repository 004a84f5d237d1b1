using Calibrate.Problems;

namespace Calibrate.Models.Tests;

/// <summary>docs/models/cache.md says what is true: its blocks belong into any problem.</summary>
public class CacheDocumentationTests
{
    private const string Whole = """
        model: { expression: { mass: density * volume, ratio: volume / density } }
        parameters: { density: normal(2, 1), volume: normal(3, 1) }
        targets: { mass: { output: mass, value: 6.1, sigma: 0.2 } }

        """;

    private static readonly Problem Without = ProblemTexts.Load(Whole);

    [Fact]
    public void Every_block_loads_and_says_something() => Assert.All(DocumentedBlocks.Of("cache.md"), block =>
    {
        Problem problem = ProblemTexts.Load(Whole + block.Text);
        Assert.True(
            problem.Execution.Cache != Without.Execution.Cache || !problem.RecordedNames.SequenceEqual(Without.RecordedNames),
            $"the block in line {block.Line} changes nothing");
        Assert.True(double.IsFinite(ProblemTexts.LogLikelihood(problem, 2, 3)));
    });

    [Fact]
    public void The_page_shows_both_the_cache_and_recorded_outputs()
    {
        Problem[] problems = [.. DocumentedBlocks.Of("cache.md").Select(block => ProblemTexts.Load(Whole + block.Text))];

        Assert.Contains(problems, problem => problem.Execution.Cache);
        Assert.Contains(problems, problem => problem.RecordedNames.Order().SequenceEqual(["mass", "ratio"]));
    }
}
