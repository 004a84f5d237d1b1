using Calibrate.Problems.Likelihoods;

namespace Calibrate.Testing.Likelihoods;

/// <summary>A likelihood given by a function of one point.</summary>
/// <param name="dimension">Number of natural parameters.</param>
/// <param name="logLikelihood">The log likelihood; an exception it throws is the model's failure.</param>
public sealed class FunctionLikelihood(int dimension, Func<double[], double> logLikelihood) : ILikelihood, ILikelihoodFactory
{
    /// <summary>A standard normal in two dimensions that throws in a corner and is not a number in another.</summary>
    public static FunctionLikelihood FailingNormal { get; } = new(2, point => point switch
    {
        [> 1.2, > 1.2] => throw new InvalidOperationException("the model does not like this corner"),
        [< -1.2, < -1.2] => double.NaN,
        _ => -0.5 * ((point[0] * point[0]) + (point[1] * point[1])),
    });

    /// <inheritdoc/>
    public int NaturalDimension => dimension;

    /// <inheritdoc/>
    public int RecordedCount => 0;

    /// <inheritdoc/>
    public ILikelihood Create() => this;

    /// <inheritdoc/>
    public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        results.EnsureCapacity(count, 0);
        for (var i = 0; i < count; i++)
        {
            var point = new double[dimension];
            for (var j = 0; j < dimension; j++)
            {
                point[j] = natural[(j * count) + i];
            }

            try
            {
                var value = logLikelihood(point);
                results.LogLikelihoods[i] = value;
                if (!(value < double.PositiveInfinity))
                {
                    var kind = double.IsNaN(value) ? ModelFailureKind.NotANumber : ModelFailureKind.PositiveInfinity;
                    results.Fail(i, new ModelFailed(kind, $"the log likelihood is {value}"));
                }
            }
            catch (InvalidOperationException exception)
            {
                results.Fail(i, new ModelFailed(ModelFailureKind.Exception, exception.Message));
            }
        }
    }
}
