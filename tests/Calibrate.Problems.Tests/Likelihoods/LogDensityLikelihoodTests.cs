using Calibrate.Problems.Likelihoods;

namespace Calibrate.Problems.Tests.Likelihoods;

public class LogDensityLikelihoodTests
{
    [Fact]
    public void Values_pass_through()
    {
        EvaluationBatch results = Evaluate(p => -p, [1, 2, 3]);
        Assert.Equal([-1.0, -2, -3], results.LogLikelihoods);
        Assert.Equal(0, results.FailureCount);
    }

    [Fact]
    public void Minus_infinity_is_a_value_and_not_a_failure()
    {
        EvaluationBatch results = Evaluate(_ => double.NegativeInfinity, [1]);
        Assert.Equal((0, double.NegativeInfinity), (results.FailureCount, results.LogLikelihoods[0]));
    }

    [Theory]
    [InlineData(double.NaN, ModelFailureKind.NotANumber, "the log likelihood is not a number")]
    [InlineData(double.PositiveInfinity, ModelFailureKind.PositiveInfinity, "the log likelihood is positive infinity")]
    public void What_is_no_value_fails(double value, ModelFailureKind kind, string message)
    {
        EvaluationBatch results = Evaluate(p => p == 2 ? value : 0, [1, 2]);
        Assert.Equal(new ModelFailed(kind, message), results.Failures[1]);
        Assert.Null(results.Failures[0]);
        Assert.Equal(double.NegativeInfinity, results.LogLikelihoods[1]);
    }

    [Fact]
    public void A_throwing_point_fails_alone()
    {
        EvaluationBatch results = Evaluate(p => p == 2 ? throw new ArithmeticException("no\nway") : p, [1, 2, 3]);
        Assert.Equal("ArithmeticException: no way", results.Failures[1]!.Message);
        Assert.Equal([1.0, double.NegativeInfinity, 3], results.LogLikelihoods);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Running_out_of_memory_is_the_machines_failure_and_not_the_points(int points) =>
        Assert.Throws<OutOfMemoryException>(() => Evaluate(_ => throw new OutOfMemoryException(), new double[points]));

    [Fact]
    public void A_density_that_tells_its_failures_is_asked_once()
    {
        Telling density = new();
        EvaluationBatch results = new();
        LogDensityLikelihood likelihood = new(density);
        likelihood.Evaluate(3, [1, 2, 3], results);
        Assert.Equal([1.0, double.NegativeInfinity, 3], results.LogLikelihoods);
        Assert.Equal((ModelFailed?[])[null, new ModelFailed(ModelFailureKind.NonZeroExit, "two"), null], results.Failures.ToArray());
        likelihood.Evaluate(1, [1], results);
        Assert.Equal((0, 2), (results.FailureCount, density.Asked));
    }

    private static EvaluationBatch Evaluate(Func<double, double> density, double[] points)
    {
        EvaluationBatch results = new();
        new LogDensityLikelihood(new Density(density)).Evaluate(points.Length, points, results);
        return results;
    }

    private sealed class Telling : ILogDensityWithFailures
    {
        public int Dimension => 1;

        public int Asked { get; private set; }

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities) => throw new InvalidOperationException("the other one");

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities, Span<ModelFailed?> failures)
        {
            Asked++;
            points.CopyTo(logDensities);
            for (int i = 0; i < count; i++)
            {
                failures[i] = points[i] == 2 ? new ModelFailed(ModelFailureKind.NonZeroExit, "two") : null;
            }
        }
    }

    private sealed class Density(Func<double, double> function) : ILogDensity
    {
        public int Dimension => 1;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
        {
            for (int i = 0; i < count; i++)
            {
                logDensities[i] = function(points[i]);
            }
        }
    }
}
