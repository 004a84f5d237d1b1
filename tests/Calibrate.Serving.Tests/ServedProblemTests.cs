using Calibrate.Models;
using Calibrate.Problems;
using Calibrate.Problems.Parameters;

namespace Calibrate.Serving.Tests;

public class ServedProblemTests
{
    private static readonly BuiltInModels Models = new();

    [Fact]
    public void Transforms_go_also_where_one_key_stands_for_several_parameters()
    {
        Problem problem = ServedFixture.Parse("""
            model: { name: gaussian, options: { mean: [1, 2, 3], covariance: [[1, 0, 0], [0, 1, 0], [0, 0, 1]] } }
            parameters:
              x*: { prior: "log_normal(0, 1)", transform: log }
              x2: { prior: "uniform(0, 5)", transform: logit }
            """);
        Problem served = ServedProblem.WithNaturalSpace(problem, Models);
        Assert.Equal(problem.SampledNames, served.SampledNames);
        Assert.All(problem.Parameters, p => Assert.NotEqual(ParameterTransform.None, p.Transform));
        Assert.All(served.Parameters, p => Assert.Equal(ParameterTransform.None, p.Transform));
    }

    [Fact]
    public void Every_output_is_recorded_and_nothing_is_derived()
    {
        Problem problem = ServedFixture.Parse("""
            model: { expression: { line: a * v, size: a }, over: { v: [0, 1, 2] } }
            parameters: { a: normal(0, 1) }
            targets: { line: { output: line, times: [1], values: [2], sigma: 1 } }
            record: [{ output: line@1, name: middle }]
            derived: { twice: 2 * middle }
            """);
        Problem served = ServedProblem.WithAllOutputs(problem, Models);
        Assert.Equal(6, served.RecordedNames.Count);
        Assert.Empty(served.Derived.Names);
        Assert.Equal([3, 3], ServedProblem.OutputSizes(served));
    }
}
