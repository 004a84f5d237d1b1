using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Targets;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests;

public class ProblemBuilderTests
{
    [Fact]
    public void A_problem_is_built_without_a_file()
    {
        Problem problem = new ProblemBuilder("line")
            .Description("a line")
            .Model(new ModelFactory(() => new LineModel()), "line 1")
            .Parameter("slope", new Normal(0, 1))
            .Parameter(Parameter.Tied("intercept", "2 * slope"))
            .Target(new Target("t", "y") { Times = [2000], Values = [1], Sigmas = [1] })
            .Derived(new DerivedQuantity("half", "slope / 2") { Unit = "m" })
            .Record("total", "sum")
            .Method(new EnsembleSpecification { Iterations = 10 })
            .Execution(new ExecutionSpecification { Slots = 1 })
            .Build();
        Assert.Equal(["slope", "half"], problem.ReportedNames);
        Assert.Equal(["sum"], problem.RecordedNames);
        Assert.Equal(("line", "a line", 10, 1), (problem.Name, problem.Description, problem.Method.Iterations, problem.Execution.Slots));
        Assert.Null(problem.Source);
        Assert.Contains("model = line 1\n", problem.CanonicalText, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_are_the_ones_of_a_file_without_places()
    {
        ProblemException exception = Assert.Throws<ProblemException>(() => new ProblemBuilder("line")
            .Model(new ModelFactory(() => new LineModel()), "line 1")
            .Parameter("slop", new Normal(0, 1))
            .Target(new Target("t", "y") { Times = [2000, 2050], Values = [1, 2], Sigmas = [1, 1] })
            .Target(new Target("u", "") { Values = [1], Sigmas = [1] })
            .Build());
        Assert.Equal(
            [
                "parameters.slop: found unknown parameter 'slop', expected a parameter of the model: slope, intercept (did you mean 'slope'?)",
                "targets.t.times[1]: found time 2050, expected a time within the model's span for 'y', 2000 to 2010 (limit the data with from and to)",
                "targets.u: found no output, expected the model output that was observed",
            ],
            exception.Errors.Select(e => e.ToString()));
    }

    [Fact]
    public void A_problem_without_a_model_is_refused() => Assert.StartsWith(
        "model: found no model, expected a call of Model or LogDensity",
        Assert.Throws<ProblemException>(() => new ProblemBuilder("p").Build()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_same_problem_from_code_and_from_a_file_has_one_fingerprint()
    {
        Problem read = Read.Problem("model: { name: bump, options: { dimension: 2 } }\nparameters: { x*: normal(0, 1) }");
        Assert.True(new FakeCatalog().TryGet("bump", out IModelDefinition? bump));
        Problem built = new ProblemBuilder("other")
            .Model(bump, new ModelOptions(new Dictionary<string, object>(StringComparer.Ordinal) { ["dimension"] = 2 }))
            .Parameter("x1", new Normal(0, 1))
            .Parameter("x2", new Normal(0, 1))
            .Build();
        Assert.Equal(read.ChainFingerprint(1), built.ChainFingerprint(1));
    }
}
