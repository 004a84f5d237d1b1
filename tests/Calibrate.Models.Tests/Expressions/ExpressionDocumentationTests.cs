using Calibrate.Problems;
using Calibrate.Problems.Files;

namespace Calibrate.Models.Tests.Expressions;

/// <summary>docs/models/expressions.md and the sample say what is true.</summary>
public class ExpressionDocumentationTests
{
    public static TheoryData<int> Lines => [.. DocumentedBlocks.Of("expressions.md").Select(b => b.Line)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_block_loads_and_evaluates(int line)
    {
        Problem problem = ProblemTexts.Load(DocumentedBlocks.Of("expressions.md").Single(b => b.Line == line).Text);
        Assert.True(double.IsFinite(ProblemTexts.LogLikelihood(problem, [.. problem.NaturalNames.Select((_, i) => 0.5 + i)])));
    }

    [Fact]
    public void The_sample_fits_its_data_where_they_were_made()
    {
        Problem problem = ProblemFile.Load(DocumentedBlocks.PathOf("samples", "models", "expression", "braking.yaml"), new BuiltInModels());
        double atTruth = ProblemTexts.LogLikelihood(problem, 1.2, 0.9, 0.075);

        // Fourteen points: chi-square beyond 50 would happen once in a million samples of the data.
        Assert.InRange(-2 * (atTruth + (14 * Math.Log(1.5 * Math.Sqrt(2 * Math.PI)))), 0, 50);
        Assert.True(atTruth > ProblemTexts.LogLikelihood(problem, 1.2, 1.2, 0.075));
    }
}
