using Calibrate.Problems;

namespace Calibrate.Models.Tests.Expressions;

public class ExpressionDefinitionTests
{
    private const string Targets = "targets: { y: { output: y, times: [0, 2], values: [1, 3], sigma: 1 } }\n";

    [Fact]
    public void A_variable_gives_every_output_its_axis()
    {
        Problem problem = ProblemTexts.Load(
            "model: { expression: { y: a + b * x }, over: { x: [0, 1, 2] } }\nparameters: { b: normal(0, 1), a: normal(0, 1) }\n" + Targets);
        Assert.Equal(-Math.Log(2 * Math.PI), ProblemTexts.LogLikelihood(problem, 1, 1), 1e-14);
        Assert.Equal(-Math.Log(2 * Math.PI) - 0.5, ProblemTexts.LogLikelihood(problem, 0.5, 1), 1e-14);
    }

    [Fact]
    public void Without_a_variable_outputs_are_numbers()
    {
        Problem problem = ProblemTexts.Load(
            "model: { expression: { m: a * c, v: a - c } }\nparameters: { a: normal(0, 1), c: normal(0, 1) }\n"
            + "targets: { m: { output: m, value: 6, sigma: 1 }, v: { output: v, value: 1, sigma: 1 } }\n");
        Assert.Equal(-Math.Log(2 * Math.PI), ProblemTexts.LogLikelihood(problem, 3, 2), 1e-14);
    }

    [Fact]
    public void A_log_density_needs_no_targets()
    {
        Problem problem = ProblemTexts.Load(
            "model: { expression: { log_density: -(x^2 + y^2) / 2 } }\nparameters: { x: uniform(-9, 9), y: uniform(-9, 9) }\n");
        Assert.Equal(-2.5, ProblemTexts.LogLikelihood(problem, 1, 2));
    }

    [Fact]
    public void Parameters_that_no_formula_uses_are_for_others() => Assert.Equal(
        ["a", "noise"],
        ProblemTexts.Load(
            "model: { expression: { y: a * x }, over: { x: 3 } }\nparameters: { a: normal(0, 1), noise: half_normal(1) }\n"
            + "targets: { y: { output: y, times: [0, 2], values: [1, 3], sigma: 1, extra_sigma: noise } }\n").NaturalNames);

    [Fact]
    public void Fingerprints_tell_formulas_and_variables_apart()
    {
        string[] models = ["{ expression: { y: a * x }, over: { x: 3 } }", "{ expression: { y: x * a }, over: { x: 3 } }", "{ expression: { y: a * x }, over: { x: 4 } }"];
        Assert.Equal(3, models.Select(m => ProblemTexts.Load($"model: {m}\nparameters: {{ a: normal(0, 1) }}\n{Targets}").ModelFingerprint("b")).Distinct().Count());
    }

    [Theory]
    [InlineData("{ expression: { y: a * x + slop }, over: { x: 3 } }", "unknown name 'slop'", "slope", 35)]
    [InlineData("{ expression: { y: a * sine(x) }, over: { x: 3 } }", "unknown function 'sine'", "sin", 31)]
    [InlineData("{ expression: { y: a * (x + slope }, over: { x: 3 } }", "the end of the expression", null, 41)]
    public void A_mistake_in_a_formula_is_shown_at_its_place(string model, string found, string? suggestion, int column)
    {
        ProblemError mistake = ProblemTexts.Mistake($"model: {model}\nparameters: {{ a: normal(0, 1), slope: normal(0, 1) }}\n{Targets}");
        Assert.Equal(("model.expression.y", found, suggestion), (mistake.Path, mistake.Found, mistake.Suggestion));
        Assert.Equal((1, column), (mistake.Line, mistake.Column));
    }

    [Theory]
    [InlineData("{ expression: { y: a * x }, over: { x: 3, z: 3 } }", "model.over", "2 variables")]
    [InlineData("{ expression: { y: a * x }, over: { x: scalar } }", "model.over", "'x' without values")]
    [InlineData("{ expression: { y: a * x }, over: { a: 3 } }", "model.over", "'a', which is a parameter")]
    [InlineData("{ expression: { y: a }, over: { x: 3 } }", "model.over", "'x', which no formula uses")]
    [InlineData("{ expression: {} }", "model.expression", "no output")]
    [InlineData("{ expression: { y: a * x }, ovr: { x: 3 } }", "model.ovr", "the unknown key 'ovr'")]
    public void Says_what_is_wrong(string model, string path, string found)
    {
        ProblemError mistake = ProblemTexts.Mistake($"model: {model}\nparameters: {{ a: normal(0, 1) }}\n{Targets}");
        Assert.Equal((path, found), (mistake.Path, mistake.Found));
    }

    [Fact]
    public void What_is_not_a_number_is_a_failure() => Assert.IsType<Calibrate.Problems.Likelihoods.ModelFailed>(ProblemTexts.Evaluate(
        ProblemTexts.Load($"model: {{ expression: {{ y: log(a) * x }}, over: {{ x: 3 }} }}\nparameters: {{ a: normal(0, 1) }}\n{Targets}").Likelihood.Create(), -1));
}
