using Calibrate.Problems.Methods;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests;

public class ProblemTests
{
    private const string Base = """
        name: a
        model: line
        parameters:
          slope: { prior: normal(0, 1), bounds: [0, 9], unit: m }
          noise: uniform(0, 1)
        targets:
          t: { output: y, times: [2000, 2001], values: [1, 2], sigma: 0.5, extra_sigma: noise }
        record: [y@2003]
        derived: { d: slope / 2 }
        method: { iterations: 100, seed: 1 }
        """;

    [Theory]
    [InlineData("name=b")]
    [InlineData("description=text")]
    [InlineData("method.iterations=50")]
    [InlineData("method.warm_up=3")]
    [InlineData("method.seed=7")]
    [InlineData("method.stop={ ess: 100, wall_time: 1 h }")]
    [InlineData("execution={ slots: 3, scheduling: dataflow, timeout: 5 s, verdicts: reject, recycle: 9 }")]
    [InlineData("parameters.slope.unit=km")]
    [InlineData("parameters.slope.label=Slope")]
    [InlineData("method.ensembles=4")]
    [InlineData("method.walkers=32")]
    [InlineData("method.thin=1")]
    [InlineData("parameters.slope.prior={ normal: { sd: 1, mean: 0.0 } }")]
    [InlineData("targets.t.likelihood=gaussian")]
    public void What_does_not_decide_the_chain_does_not_change_its_fingerprint(string change) =>
        Assert.Equal(Read.Problem(Base).ChainFingerprint(1), Read.Problem(Base, null, change).ChainFingerprint(1));

    [Theory]
    [InlineData("parameters.slope.prior=normal(0, 2)", "parameters.slope.prior: truncated(normal(0, 1), 0, 9) -> truncated(normal(0, 2), 0, 9)")]
    [InlineData("parameters.slope.bounds=[0, 8]", "parameters.slope.prior: truncated(normal(0, 1), 0, 9) -> truncated(normal(0, 1), 0, 8)")]
    [InlineData("parameters.slope.transform=log", "parameters.slope.transform: added log")]
    [InlineData("parameters.intercept=3", "parameters.intercept.value: 0 -> 3")]
    [InlineData("targets.t.output=total", null)]
    [InlineData("targets.t.weight=2", "targets.t.weight: added 2")]
    [InlineData("targets.t.extra_sigma=2 * noise", "targets.t.extra_sigma: noise -> 2 * noise")]
    [InlineData("targets.t.likelihood=student_t(4)", "targets.t.likelihood: gaussian -> student_t(4)")]
    [InlineData("record=[y@2004]", "record.0: y@2003 -> y@2004")]
    [InlineData("derived.d=slope / 3", "derived.d: slope / 2 -> slope / 3")]
    [InlineData("method.walkers=40", "method.walkers: 32 -> 40")]
    [InlineData("method.thin=5", "method.thin: 1 -> 5")]
    [InlineData("method.moves=[de]", "method.moves.0: stretch weight 1 -> de weight 1")]
    [InlineData("method.initial=best_fit", "method.initial: prior -> best_fit radius 0.01")]
    public void What_decides_the_chain_changes_its_fingerprint_and_can_be_told(string change, string? difference)
    {
        if (difference is null)
        {
            Assert.NotEmpty(Read.Errors(Base, null, change));
            return;
        }

        Problem before = Read.Problem(Base);
        Problem after = Read.Problem(Base, null, change);
        Assert.NotEqual(before.ChainFingerprint(1), after.ChainFingerprint(1));
        Assert.Equal([difference], ProblemDiff.Between(before.CanonicalText, after.CanonicalText).Select(c => c.ToString()));
    }

    [Theory]
    [InlineData("name=b")]
    [InlineData("parameters.slope.prior=normal(0, 2)")]
    [InlineData("parameters.slope.bounds=[0, 8]")]
    [InlineData("parameters.slope.transform=log")]
    [InlineData("derived.d=slope / 3")]
    [InlineData("method={ kind: random_search, candidates: 7 }")]
    [InlineData("execution={ slots: 3, timeout: 5 s }")]
    [InlineData("record=[{ output: y@2003, name: then }]")]
    public void What_workers_do_not_evaluate_leaves_the_model_fingerprint(string change) =>
        Assert.Equal(Read.Problem(Base).ModelFingerprint("b"), Read.Problem(Base, null, change).ModelFingerprint("b"));

    [Theory]
    [InlineData("parameters.intercept=3")]
    [InlineData("parameters.intercept={ tie: slope }")]
    [InlineData("targets.t.weight=2")]
    [InlineData("targets.t.values=[1, 3]")]
    [InlineData("targets.t.extra_sigma=2 * noise")]
    [InlineData("targets.t.likelihood=student_t(4)")]
    [InlineData("record=[y@2004]")]
    public void What_workers_evaluate_decides_the_model_fingerprint(string change) =>
        Assert.NotEqual(
            Read.Problem(Base).ModelFingerprint("b"),
            Read.Problem(Base, null, change).ModelFingerprint("b"));

    [Fact]
    public void The_build_is_part_of_the_model_fingerprint_and_name_and_method_are_not()
    {
        Problem problem = Read.Problem(Base);
        Assert.NotEqual(problem.ModelFingerprint("b"), problem.ModelFingerprint("c"));
        Assert.Equal(problem.ModelFingerprint("b"), problem.WithName("x").WithMethod(new RandomSearchSpecification()).ModelFingerprint("b"));
    }

    [Fact]
    public void The_seed_is_part_of_the_fingerprint() =>
        Assert.NotEqual(Read.Problem(Base).ChainFingerprint(1), Read.Problem(Base).ChainFingerprint(2));

    [Fact]
    public void Iterations_name_and_execution_can_be_replaced()
    {
        Problem problem = Read.Problem(Base);
        Problem longer = problem.WithMethod(problem.Method with { Iterations = 500 }).WithName("other")
            .WithExecution(ExecutionSpecification.Default with { Slots = 2 });
        Assert.Equal((500, "other", 2), (longer.Method.Iterations, longer.Name, longer.Execution.Slots));
        Assert.Equal(problem.ChainFingerprint(1), longer.ChainFingerprint(1));
        Assert.Equal((100, "a"), (problem.Method.Iterations, problem.Name));
    }

    [Fact]
    public void Replacements_are_checked_too()
    {
        Problem problem = Read.Problem(Base);
        Assert.Equal(
            "method.iterations: found 0, expected a whole number of at least 1",
            Assert.Throws<ProblemException>(() => problem.WithMethod(problem.Method with { Iterations = 0 })).Message);
        Assert.Throws<ProblemException>(() => problem.WithExecution(ExecutionSpecification.Default with { Slots = 0 }));
    }

    [Fact]
    public void The_canonical_text_is_stable() => Assert.Equal(
        """
        format = 1
        model.name = line
        model.version = 1
        parameters.slope.prior = truncated(normal(0, 1), 0, 9)
        parameters.noise.prior = uniform(0, 1)
        parameters.intercept.value = 0
        targets.t.output = y
        targets.t.data = 2 values, sha256:d5bcc0c0f42ee4386fd4ef463d56742aea7affcbd699b50fbbdf391ca2c1c929
        targets.t.extra_sigma = noise
        targets.t.likelihood = gaussian
        record.0 = y@2003
        derived.d = slope / 2
        method.kind = ensemble
        method.ensembles = 4
        method.walkers = 32
        method.thin = 1
        method.moves.0 = stretch weight 1
        method.initial = prior

        """,
        Read.Problem(Base).CanonicalText);
}
