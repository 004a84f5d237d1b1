using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Rescoring;
using Calibrate.Problems.Targets;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Rescoring;

public class RescoringRulesTests
{
    [Fact]
    public void Targets_and_priors_may_differ() => Assert.Null(Refuse(Build(), Build(prior: new Normal(0, 5), sigma: 0.3)));

    [Fact]
    public void A_fixed_parameter_that_only_targets_use_may_be_new() => Assert.Null(Refuse(Build(), Build(extraSigma: 0.2)));

    [Fact]
    public void A_fixed_parameter_that_only_targets_use_may_change() => Assert.Null(Refuse(Build(extraSigma: 0.1), Build(extraSigma: 0.2)));

    [Fact]
    public void A_fixed_parameter_of_the_model_must_stay() =>
        Assert.Contains("parameters.intercept.value: 0 -> 1", Refuse(Build(), Build(intercept: 1)), StringComparison.Ordinal);

    [Fact]
    public void The_model_must_stay() =>
        Assert.Contains("model: line 1 -> line 2", Refuse(Build(), Build(identity: "line 2")), StringComparison.Ordinal);

    [Fact]
    public void A_free_parameter_more_is_refused() => Assert.Contains(
        "parameters.noise.prior: added", Refuse(Build(), Build(noise: new Uniform(0, 1))), StringComparison.Ordinal);

    [Fact]
    public void Missing_outputs_are_named_up_to_three()
    {
        string? refusal = RescoringRules.RefuseMissing(Build(record: "y@2000"), LineModel.LineSignature, [1, 3, 5, 11]);
        Assert.Contains("y@2001, y@2003, y@2005 and 1 more.", refusal, StringComparison.Ordinal);
        Assert.Contains("recorded no outputs", RescoringRules.RefuseMissing(Build(), LineModel.LineSignature, [1]), StringComparison.Ordinal);
        Assert.Null(RescoringRules.RefuseMissing(Build(), LineModel.LineSignature, []));
    }

    private static string? Refuse(Problem before, Problem after) => RescoringRules.Refuse(before, before.CanonicalText, after);

    private static Problem Build(
        IDistribution? prior = null,
        double sigma = 0.1,
        double intercept = 0,
        string identity = "line 1",
        double? extraSigma = null,
        IDistribution? noise = null,
        string? record = null)
    {
        ProblemBuilder builder = new ProblemBuilder("line")
            .Model(new ModelFactory(() => new LineModel()), identity)
            .Parameter("slope", prior ?? new Uniform(0, 2))
            .Parameter(Parameter.Fixed("intercept", intercept));
        if (extraSigma is { } value)
        {
            builder.Parameter(Parameter.Fixed("noise", value));
        }

        if (noise is not null)
        {
            builder.Parameter("noise", noise);
        }

        if (record is not null)
        {
            builder.Record(record);
        }

        return builder
            .Target(new Target("points", "y")
            {
                Times = [2001, 2003],
                Values = [1, 2.5],
                Sigmas = [sigma, sigma],
                ExtraSigma = extraSigma is null && noise is null ? null : "noise",
            })
            .Build();
    }
}
