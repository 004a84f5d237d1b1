namespace Calibrate.Problems.Likelihoods;

/// <summary>Presents a bare log density as a likelihood, with the same rules for failures as a forward model.</summary>
public sealed class LogDensityLikelihood : ILikelihood, IDisposable
{
    private readonly ILogDensity density;
    private ModelFailed?[] failures = [];

    /// <summary>Wraps a log density.</summary>
    /// <param name="density">The density; owned by this likelihood from here on.</param>
    public LogDensityLikelihood(ILogDensity density)
        : this(density, density?.Dimension ?? 0)
    {
    }

    /// <summary>Wraps a log density that receives only the first of the natural parameters.</summary>
    /// <param name="density">The density; owned by this likelihood from here on.</param>
    /// <param name="naturalDimension">Number of natural parameters, at least the density's dimension.</param>
    internal LogDensityLikelihood(ILogDensity density, int naturalDimension)
    {
        ArgumentNullException.ThrowIfNull(density);
        ArgumentOutOfRangeException.ThrowIfLessThan(naturalDimension, density.Dimension);
        this.density = density;
        NaturalDimension = naturalDimension;
    }

    /// <inheritdoc/>
    public int NaturalDimension { get; }

    /// <inheritdoc/>
    public int RecordedCount => 0;

    /// <inheritdoc/>
    public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        ArgumentNullException.ThrowIfNull(results);
        results.EnsureCapacity(count, 0);
        Span<double> values = results.LogLikelihoods;
        try
        {
            if (density is ILogDensityWithFailures telling)
            {
                EvaluateWithFailures(telling, count, natural, results);
            }
            else
            {
                density.Evaluate(count, natural[..(density.Dimension * count)], values);
            }
        }
        catch (Exception exception) when (count > 1 && FailureMessages.IsOfModel(exception))
        {
            EvaluateOneByOne(count, natural, results);
        }
        catch (Exception exception) when (FailureMessages.IsOfModel(exception))
        {
            results.Fail(0, FailureMessages.OfException(exception));
        }

        for (int i = 0; i < count; i++)
        {
            // one comparison on the hot path: only NaN and +inf are not below +inf
            if (!(values[i] < double.PositiveInfinity))
            {
                results.Fail(i, FailureMessages.OfLogLikelihood(values[i]));
            }
        }
    }

    /// <summary>Disposes the density, if it owns anything.</summary>
    public void Dispose() => (density as IDisposable)?.Dispose();

    private void EvaluateWithFailures(ILogDensityWithFailures telling, int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        if (failures.Length < count)
        {
            failures = new ModelFailed?[count];
        }

        Span<ModelFailed?> own = failures.AsSpan(0, count);
        own.Clear();
        telling.Evaluate(count, natural[..(density.Dimension * count)], results.LogLikelihoods, own);
        for (int i = 0; i < count; i++)
        {
            if (own[i] is { } failure)
            {
                results.Fail(i, failure);
            }
        }
    }

    // A batch that threw says nothing about which point is to blame, so every point gets a call of its own.
    private void EvaluateOneByOne(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        double[] point = new double[density.Dimension];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < point.Length; j++)
            {
                point[j] = natural[(j * count) + i];
            }

            try
            {
                density.Evaluate(1, point, results.LogLikelihoods.Slice(i, 1));
            }
            catch (Exception exception) when (FailureMessages.IsOfModel(exception))
            {
                results.Fail(i, FailureMessages.OfException(exception));
            }
        }
    }
}
