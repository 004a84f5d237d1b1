using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Coordination;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Coordination;

public class VerdictRulesTests
{
    [Fact]
    public void They_are_those_of_the_problem()
    {
        var problem = TestProblems.Normal().WithExecution(new ExecutionSpecification
        {
            Verdicts = VerdictPolicy.Reject, Timeout = TimeSpan.FromSeconds(1.5), Memory = 1 << 30,
        });
        var rules = VerdictRules.Of(problem);
        Assert.Equal((VerdictPolicy.Reject, TimeSpan.FromSeconds(1.5), 1L << 30), (rules.Policy, rules.Timeout, rules.Memory));
        Assert.Equal(problem.NaturalNames, rules.ParameterNames);
    }

    [Theory]
    [InlineData(ResourceKind.Time, "exceeded its time limit of 1.5 s: it was killed. Parameters: a = 0.1, b = -2. To go on, raise execution.timeout and resume")]
    [InlineData(ResourceKind.Memory, "exceeded its memory limit of 1.5 MiB: it was killed. Parameters: a = 0.1, b = -2. To go on, raise execution.memory and resume")]
    [InlineData(ResourceKind.Crash, "crashed whoever evaluated it: it was killed. Parameters: a = 0.1, b = -2. To go on, mend the model and resume")]
    public void A_pause_says_what_happened_where_and_what_to_do(ResourceKind kind, string expected)
    {
        var rules = new VerdictRules { Timeout = TimeSpan.FromSeconds(1.5), Memory = 3 << 19, ParameterNames = ["a", "b"] };
        var text = rules.Explain(new VerdictReached(new EvaluationId(1, 2, 3, 0), kind, "it was killed.", [0.1, -2], false, 0));
        Assert.StartsWith("Ensemble 1, iteration 2, walker 3 " + expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disagreement_names_both_workers_and_what_they_have()
    {
        var text = VerdictRules.Default.Explain(new DisagreementFound(
            new EvaluationId(1, 2, 3, 0), [0.1], "w1", new Evaluated(-1, [2, 3]), "w2", new ModelFailed(ModelFailureKind.NotANumber, "NaN"), 0));
        Assert.Contains("w1 has log likelihood -1 with 2 recorded outputs, w2 has the failure NotANumber (NaN). Parameters: 0.1.", text, StringComparison.Ordinal);
    }
}
