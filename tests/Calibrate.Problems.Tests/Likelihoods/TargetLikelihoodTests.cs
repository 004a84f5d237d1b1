using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Targets;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Likelihoods;

public class TargetLikelihoodTests
{
    [Fact]
    public void A_batch_model_gives_the_bits_of_a_scalar_one_in_any_batch()
    {
        ILikelihood batch = Build(new BatchLineModel()).Likelihood.Create();
        ILikelihood scalar = Build(new LineModel()).Likelihood.Create();
        foreach (int count in (int[])[1, 3, 4, 64, 65, 150])
        {
            double[] natural = [.. Enumerable.Range(0, 2 * count).Select(i => Math.Cos(i))];
            EvaluationBatch a = Evaluate(batch, count, natural);
            EvaluationBatch b = Evaluate(scalar, count, natural);
            Assert.Equal(b.LogLikelihoods, a.LogLikelihoods);
            Assert.Equal(b.Recorded, a.Recorded);
        }
    }

    [Fact]
    public void Recorded_outputs_are_the_models_own_numbers()
    {
        EvaluationBatch results = Evaluate(Build(new LineModel()).Likelihood.Create(), 2, [1, 2, 10, 20]);
        Assert.Equal([13.0, 26, (11 * 10) + 55, (11 * 20) + 110], results.Recorded);
    }

    [Fact]
    public void A_throwing_point_fails_alone()
    {
        BatchLineModel model = new();
        EvaluationBatch results = Evaluate(Build(model).Likelihood.Create(), 4, [1, 13, 14, 2, 0, 0, 0, 0]);
        Assert.Equal(2, results.FailureCount);
        Assert.Equal(new ModelFailed(ModelFailureKind.Exception, "InvalidOperationException: thirteen"), results.Failures[1]);
        Assert.Equal(new ModelFailed(ModelFailureKind.Exception, "fourteen"), results.Failures[2]);
        Assert.Equal(double.NegativeInfinity, results.LogLikelihoods[1]);
        Assert.True(double.IsNaN(results.Recorded[1]));
        Assert.True(double.IsFinite(results.LogLikelihoods[0]) && double.IsFinite(results.LogLikelihoods[3]));
    }

    [Fact]
    public void A_point_the_batch_model_reports_fails_alone()
    {
        BatchLineModel model = new();
        EvaluationBatch results = Evaluate(Build(model).Likelihood.Create(), 3, [1, 14, 2, 0, 0, 0]);
        Assert.Equal(1, model.BatchCalls);
        Assert.Equal("fourteen", results.Failures[1]!.Message);
        Assert.Equal(1, results.FailureCount);
    }

    [Theory]
    [InlineData(3, "output 'y' at 2003 is not a number", ModelFailureKind.NotANumber)]
    [InlineData(11, "output 'total' is not a number", ModelFailureKind.NotANumber)]
    public void An_output_that_is_not_a_number_is_named(int row, string message, ModelFailureKind kind)
    {
        Problem problem = Build(new SpoiledModel(row, double.NaN));
        EvaluationBatch results = Evaluate(problem.Likelihood.Create(), 1, [1, 0]);
        Assert.Equal(new ModelFailed(kind, message), results.Failures[0]);
    }

    [Fact]
    public void An_output_nobody_reads_may_be_anything()
    {
        EvaluationBatch results = Evaluate(Build(new SpoiledModel(10, double.NaN)).Likelihood.Create(), 1, [1, 0]);
        Assert.Equal(0, results.FailureCount);
    }

    [Fact]
    public void An_infinite_output_explains_nothing()
    {
        EvaluationBatch results = Evaluate(Build(new SpoiledModel(2, double.PositiveInfinity)).Likelihood.Create(), 1, [1, 0]);
        Assert.Equal((0, double.NegativeInfinity), (results.FailureCount, results.LogLikelihoods[0]));
    }

    [Fact]
    public void An_output_the_model_forgets_is_not_a_number()
    {
        EvaluationBatch results = Evaluate(Build(new SilentModel()).Likelihood.Create(), 1, [1, 0]);
        Assert.Equal("output 'y' at 2000 is not a number", results.Failures[0]!.Message);
    }

    private static Problem Build(IModel model) => new ProblemBuilder("p")
        .Model(new ModelFactory(() => model), "m")
        .Parameter("slope", new Normal(0, 1))
        .Parameter("intercept", new Normal(0, 1))
        .Target(new Target("a", "y") { Times = [2000, 2002], Values = [1, 2], Sigmas = [1, 2], Reference = new(2000, 2000) })
        .Target(new Target("b", "y") { Times = [2004], Values = [1], Sigmas = [1], ExtraSigma = "abs(slope)" })
        .Record("y@2003")
        .Record("total")
        .Build();

    private static EvaluationBatch Evaluate(ILikelihood likelihood, int count, double[] natural)
    {
        EvaluationBatch results = new();
        likelihood.Evaluate(count, natural, results);
        return results;
    }

    private sealed class SpoiledModel(int row, double value) : LineModel
    {
        public override void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
        {
            base.Evaluate(parameters, output);
            output.Values[row] = value;
        }
    }

    private sealed class SilentModel : LineModel
    {
        public override void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
        {
        }
    }
}
