using Calibrate.Models;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Tests.Fakes;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests;

/// <summary>docs/problem-file.md says what is true: every YAML block in it is loaded, and every key is in it.</summary>
public class DocumentationTests
{
    public static TheoryData<int> Lines => [.. DocumentedProblem.All.Select(b => b.Line)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_block_loads_and_evaluates(int line)
    {
        string text = DocumentedProblem.All.Single(b => b.Line == line).Text;
        ProblemSource source = new(Checkout.PathOf("samples", "climate", "block.yaml"), text, []);
        Problem problem = ProblemFile.Parse(source, new BuiltInModels());
        double[] sampled = new double[problem.Space.Dimension];
        problem.Space.SamplePrior([.. sampled.Select(_ => 0.4)], sampled);
        double[] natural = new double[problem.Space.NaturalDimension];
        double[] logPrior = new double[1];
        problem.Space.Evaluate(1, sampled, natural, logPrior, new double[1]);
        EvaluationBatch results = new();
        problem.Likelihood.Create().Evaluate(1, natural, results);
        Assert.Equal(0, results.FailureCount);
        Assert.True(double.IsFinite(results.LogLikelihoods[0] + logPrior[0]));
    }

    [Fact]
    public void There_are_blocks() => Assert.True(DocumentedProblem.All.Count >= 8);

    [Fact]
    public void Every_key_is_documented()
    {
        string text = File.ReadAllText(Checkout.PathOf("docs", "problem-file.md"));
        IEnumerable<string> keys = ProblemShapes.Root(new FakeCatalog()).Keys
            .Concat(TargetShapes.Target.Keys)
            .Concat(MethodShapes.Method.Keys)
            .Concat(MethodShapes.Execution.Keys)
            .Select(k => k.Name);
        Assert.Empty(keys.Where(k => !text.Contains($"`{k}`", StringComparison.Ordinal) && !text.Contains($"[`{k}`]", StringComparison.Ordinal)));
    }
}
