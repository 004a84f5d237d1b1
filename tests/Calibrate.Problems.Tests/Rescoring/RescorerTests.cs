using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Rescoring;
using Calibrate.Problems.Targets;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Rescoring;

public class RescorerTests
{
    private static readonly double[] Position = [0.75, 0.3];

    [Fact]
    public void The_same_problem_gives_the_bits_of_an_evaluation()
    {
        Problem problem = Build();
        (double logPosterior, double[] recorded) = Evaluate(problem);
        Assert.Equal(logPosterior, Make(problem, Build()).Evaluate(Position, recorded));
    }

    [Fact]
    public void Another_sigma_gives_what_the_model_would_have_given()
    {
        Problem after = Build(sigma: 0.4);
        Assert.Equal(Evaluate(after).LogPosterior, Make(Build(), after).Evaluate(Position, Evaluate(Build()).Recorded));
    }

    [Fact]
    public void Another_transform_gives_the_same_posterior()
    {
        Problem after = Build(transform: ParameterTransform.Log);
        (double logPosterior, double[] recorded) = Evaluate(Build());
        Assert.Equal(logPosterior, Make(Build(), after).Evaluate(Position, recorded), 1e-12);
    }

    [Fact]
    public void Parameters_in_another_order_are_told_by_their_names()
    {
        Problem after = Build(reversed: true);
        (double logPosterior, double[] recorded) = Evaluate(Build());
        Assert.Equal(logPosterior, Make(Build(), after).Evaluate(Position, recorded), 1e-12);
    }

    [Fact]
    public void Outside_the_new_prior_a_draw_is_impossible() => Assert.Equal(
        double.NegativeInfinity, Make(Build(), Build(upper: 0.5)).Evaluate(Position, Evaluate(Build()).Recorded));

    [Fact]
    public void Only_what_targets_compare_is_read() => Assert.Equal([1, 3], Make(Build(), Build()).RecordedInUse);

    [Fact]
    public void An_output_that_is_not_a_number_is_a_failure_with_its_name()
    {
        Rescorer rescorer = Make(Build(), Build());
        double[] recorded = Evaluate(Build()).Recorded;
        recorded[3] = double.NaN;
        Assert.Equal(double.NegativeInfinity, rescorer.Evaluate(Position, recorded));
        Assert.Equal((1, "output 'y' at 2003 is not a number"), (rescorer.Failures, rescorer.FirstFailure));
    }

    private static Rescorer Make(Problem before, Problem after)
    {
        Assert.True(Rescorer.TryCreate(before, before.CanonicalText, after, out Rescorer? rescorer, out string? refusal), refusal);
        return rescorer;
    }

    private static (double LogPosterior, double[] Recorded) Evaluate(Problem problem)
    {
        double[] natural = new double[2];
        double[] logPrior = new double[1];
        double[] sampled = [.. Position];
        problem.Space.Evaluate(1, sampled, natural, logPrior, new double[1]);
        EvaluationBatch results = new();
        problem.Likelihood.Create().Evaluate(1, natural, results);
        return (results.LogLikelihoods[0] + logPrior[0], results.Recorded.ToArray());
    }

    private static Problem Build(
        double sigma = 0.1, double upper = 2, ParameterTransform transform = ParameterTransform.None, bool reversed = false)
    {
        Parameter[] parameters =
        [
            Parameter.Free("slope", new Uniform(0, upper)) with { Transform = transform },
            Parameter.Free("intercept", new Normal(0, 1)),
        ];
        ProblemBuilder builder = new ProblemBuilder("line")
            .Model(new ModelFactory(() => new LineModel()), "line 1")
            .Target(new Target("points", "y") { Times = [2001, 2003], Values = [1, 2.5], Sigmas = [sigma, sigma] })
            .Record("outputs");
        foreach (Parameter parameter in reversed ? parameters.Reverse() : parameters)
        {
            builder.Parameter(parameter);
        }

        return builder.Build();
    }
}
