using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Runtime.Engines;

/// <summary>
/// Keeps a likelihood's exceptions from ending the process. Likelihoods promise not to throw; one that does anyway fails exactly those
/// points that throw when they are evaluated alone, so that the chain does not depend on who was in which batch. A model that cannot go on at all
/// is no failure of any point: it ends the run.
/// </summary>
public sealed class GuardedLikelihood : ILikelihood, IDisposable
{
    private readonly ILikelihood inner;
    private readonly EvaluationBatch single = new();
    private readonly double[] point;

    /// <summary>Wraps a likelihood.</summary>
    /// <param name="inner">The likelihood, used by nobody else from here on.</param>
    public GuardedLikelihood(ILikelihood inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        this.inner = inner;
        point = new double[inner.NaturalDimension];
    }

    /// <inheritdoc/>
    public int NaturalDimension => inner.NaturalDimension;

    /// <inheritdoc/>
    public int RecordedCount => inner.RecordedCount;

    /// <inheritdoc/>
    /// <exception cref="RunException">The model cannot go on, whatever the parameters.</exception>
    public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        try
        {
            inner.Evaluate(count, natural, results);
        }
        catch (ModelUnavailableException exception)
        {
            throw new RunException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            EvaluateOneByOne(count, natural, results);
        }
    }

    /// <summary>Disposes the likelihood, if it owns anything.</summary>
    public void Dispose() => (inner as IDisposable)?.Dispose();

    private void EvaluateOneByOne(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        results.EnsureCapacity(count, RecordedCount);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < point.Length; j++)
            {
                point[j] = natural[(j * count) + i];
            }

            try
            {
                inner.Evaluate(1, point, single);
                Copy(i, results);
            }
            catch (ModelUnavailableException exception)
            {
                throw new RunException(exception.Message, exception);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                var message = $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";
                results.Fail(i, new ModelFailed(ModelFailureKind.Exception, message));
            }
        }
    }

    private void Copy(int i, EvaluationBatch results)
    {
        if (single.Failures[0] is { } failure)
        {
            results.Fail(i, failure);
            return;
        }

        results.LogLikelihoods[i] = single.LogLikelihoods[0];
        for (var k = 0; k < RecordedCount; k++)
        {
            results.Recorded[(k * results.Count) + i] = single.Recorded[k];
        }
    }
}
