using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Targets;

namespace Calibrate.Problems.Tests.Targets;

public class TargetComparisonTests
{
    // y = slope * t at t = 0..4, and a scalar 10 * slope.
    private static Problem Build(Func<Target, Target> change, string? record = null)
    {
        var builder = new ProblemBuilder("line")
            .Model(new LineFactory(), "line")
            .Parameter("slope", new Normal(0, 1))
            .Parameter("noise", new Uniform(0, 10))
            .Target(change(new Target("line", "y") { Times = [0, 1, 2, 3, 4], Values = [1, 2, 4, 6, 8], Sigmas = [0.5, 0.5, 0.5, 0.5, 1] }))

            // a parameter that nothing uses is a mistake: this one adds nothing here
            .Target(new Target("single", "tenfold") { Values = [21], Sigmas = [3], ExtraSigma = "0 * noise" });
        return (record is null ? builder : builder.Record(record)).Build();
    }

    private static (double[] Predictions, double[] Sigmas) Predict(Problem problem, double slope, double noise)
    {
        var comparisons = TargetComparisons.Of(problem)!;
        var results = new EvaluationBatch();
        comparisons.CreateRecording().Evaluate(1, [slope, noise], results);
        var target = comparisons.Targets[0];
        var predictions = new double[target.Observed.Count];
        var sigmas = new double[target.Observed.Count];
        target.Predict(results.Recorded, [slope, noise], predictions, sigmas);
        return (predictions, sigmas);
    }

    [Fact]
    public void Predictions_are_what_the_likelihood_compares()
    {
        var problem = Build(target => target);

        var (predictions, sigmas) = Predict(problem, 2, 0);

        Assert.Equal([0.0, 2, 4, 6, 8], predictions);
        Assert.Equal([0.5, 0.5, 0.5, 0.5, 1], sigmas);
        var target = TargetComparisons.Of(problem)!.Targets[0];
        Assert.Equal([0.0, 1, 2, 3, 4], target.Axis!);
        Assert.Equal([1.0, 2, 4, 6, 8], target.Observed);
        Assert.Equal(("line", "y", "m"), (target.Name, target.Output, target.Unit));
    }

    [Fact]
    public void Scale_reference_range_and_varying_errors_are_taken_in()
    {
        var problem = Build(target => target with
        {
            Scale = "3", Reference = new Support(0, 1), Range = new Support(2, 4), ExtraSigma = "noise", CovarianceScale = "4",
        });

        var (predictions, sigmas) = Predict(problem, 2, 1.2);

        // The reference is the mean over t = 0 and 1: 1 for the model at slope 2, 1.5 for the data.
        Assert.Equal([9.0, 15, 21], predictions);
        Assert.Equal([2.6, 2.6, 2 * Math.Sqrt(2.44)], sigmas.Select(sigma => Math.Round(sigma, 12)), (a, b) => Math.Abs(a - b) < 1e-11);
        var target = TargetComparisons.Of(problem)!.Targets[0];
        Assert.Equal([2.5, 4.5, 6.5], target.Observed);
        Assert.True(target.IsScaled);
        Assert.Null(target.Unit);
    }

    [Theory]
    [InlineData(null, 1.0)]
    [InlineData(null, 0.25)]
    [InlineData(4.0, 1.0)]
    public void Log_likelihoods_of_the_values_sum_to_the_likelihoods(double? nu, double weight)
    {
        var problem = Build(target => target with { StudentNu = nu, Weight = weight });
        var comparisons = TargetComparisons.Of(problem)!;
        var results = new EvaluationBatch();
        comparisons.CreateRecording().Evaluate(1, [1.7, 0], results);

        var sum = 0.0;
        foreach (var target in comparisons.Targets)
        {
            var count = target.Observed.Count;
            var (predictions, sigmas, logs) = (new double[count], new double[count], new double[count]);
            target.Predict(results.Recorded, [1.7, 0], predictions, sigmas);
            target.LogLikelihoods(predictions, sigmas, logs);
            sum += logs.Sum();
        }

        Assert.Equal(results.LogLikelihoods[0], sum, 1e-10);
    }

    [Fact]
    public void A_covariance_gives_the_errors_and_has_no_values_of_its_own()
    {
        var problem = Build(target => target with
        {
            Sigmas = null, Covariance = [[4, 1, 0, 0, 0], [1, 4, 0, 0, 0], [0, 0, 9, 0, 0], [0, 0, 0, 9, 0], [0, 0, 0, 0, 16]], ExtraSigma = "noise",
        });

        var (_, sigmas) = Predict(problem, 2, 3);

        Assert.Equal([Math.Sqrt(13), Math.Sqrt(13), Math.Sqrt(18), Math.Sqrt(18), 5], sigmas);
        var target = TargetComparisons.Of(problem)!.Targets[0];
        Assert.True(target.IsCorrelated);
        Assert.Throws<InvalidOperationException>(() => target.LogLikelihoods(new double[5], new double[5], new double[5]));
    }

    [Fact]
    public void A_variance_that_is_not_positive_has_no_sigma()
    {
        var problem = Build(target => target with { CovarianceScale = "noise - 5" });

        Assert.All(Predict(problem, 2, 1).Sigmas, sigma => Assert.True(double.IsNaN(sigma)));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("y", false)]
    [InlineData("outputs", true)]
    public void Recorded_outputs_serve_when_they_are_all_there(string? record, bool enough)
    {
        var problem = Build(target => target, record);
        var comparisons = TargetComparisons.Of(problem)!;

        Assert.Equal(enough, comparisons.RecordedPlaces is not null);
        if (comparisons.RecordedPlaces is { } places)
        {
            Assert.Equal(["y@0", "y@1", "y@2", "y@3", "y@4", "tenfold"], places.Select(place => problem.RecordedNames[place]));
        }
    }

    [Fact]
    public void A_log_density_has_no_comparisons() =>
        Assert.Null(TargetComparisons.Of(new ProblemBuilder("flat").LogDensity(["x"], new FlatDensity(), "flat").Parameter("x", new Uniform(0, 1)).Build()));

    private sealed class LineFactory : IModelFactory, IModel
    {
        public ModelSignature Signature { get; } = new(
            [new ModelParameter("slope")], [new OutputSignature("y", [0, 1, 2, 3, 4], "m"), new OutputSignature("tenfold")]);

        public IModel Create() => this;

        public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
        {
            for (var t = 0; t < 5; t++)
            {
                output[0][t] = parameters[0] * t;
            }

            output[1][0] = 10 * parameters[0];
        }
    }

    private sealed class FlatDensity : ILogDensityFactory, ILogDensity
    {
        public int Dimension => 1;

        public ILogDensity Create() => this;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities) => logDensities[..count].Clear();
    }
}
