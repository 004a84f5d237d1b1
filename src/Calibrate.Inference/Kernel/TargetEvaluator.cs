using System.Runtime.Intrinsics;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Kernel;

/// <summary>
/// Evaluates the target of a batch of proposals: prior first, then the likelihood of those inside the prior's support only,
/// gathered into one batch. Allocates at construction and nothing afterwards.
/// </summary>
internal sealed class TargetEvaluator
{
    private readonly IParameterSpace space;
    private readonly double[] natural;
    private readonly double[] compacted;
    private readonly double[] logPriors;
    private readonly double[] logJacobians;
    private readonly double[] failedPoint;
    private readonly int[] pointOf;

    /// <summary>Makes the buffers for batches of up to <paramref name="capacity"/> points.</summary>
    public TargetEvaluator(IParameterSpace space, int capacity)
    {
        this.space = space;
        int size = space.IsIdentity ? 0 : capacity;
        natural = new double[size * space.NaturalDimension];
        compacted = new double[size * space.NaturalDimension];
        logPriors = new double[size];
        logJacobians = new double[size];
        failedPoint = new double[space.NaturalDimension];
        pointOf = [.. Enumerable.Range(0, capacity)];
    }

    /// <summary>Results of the last batch, in the order of the evaluated points.</summary>
    public EvaluationBatch Batch { get; } = new();

    /// <summary>Number of points of the last batch that the likelihood was asked for.</summary>
    public int Evaluated { get; private set; }

    /// <summary>Which proposal each evaluated point is, ascending.</summary>
    public ReadOnlySpan<int> PointOf => pointOf.AsSpan(0, Evaluated);

    /// <summary>Evaluates all proposals of one split.</summary>
    /// <param name="likelihood">The calling thread's likelihood.</param>
    /// <param name="proposals">Sampled-space positions, dimension x count.</param>
    /// <param name="logPosteriors">Receives log likelihood plus log prior of each point.</param>
    /// <param name="targets">Receives the log posterior plus log Jacobian; may be the same memory in an identity space.</param>
    public void Evaluate(ILikelihood likelihood, ReadOnlySpan<double> proposals, Span<double> logPosteriors, Span<double> targets)
    {
        if (space.IsIdentity)
        {
            Evaluated = logPosteriors.Length;
            likelihood.Evaluate(Evaluated, proposals, Batch);
            AddZero(Batch.LogLikelihoods, logPosteriors);
            if (logPosteriors != targets)
            {
                logPosteriors.CopyTo(targets);
            }

            return;
        }

        int count = logPosteriors.Length;
        space.Evaluate(count, proposals, natural, logPriors, logJacobians);
        ReadOnlySpan<double> inside = Compact(count);
        if (Evaluated > 0)
        {
            likelihood.Evaluate(Evaluated, inside, Batch);
        }
        else
        {
            Batch.Clear();
        }

        logPosteriors.Fill(double.NegativeInfinity);
        targets.Fill(double.NegativeInfinity);
        ReadOnlySpan<double> logLikelihoods = Batch.LogLikelihoods;
        for (int i = 0; i < Evaluated; i++)
        {
            int point = pointOf[i];
            double logPosterior = logLikelihoods[i] + logPriors[point];
            logPosteriors[point] = logPosterior;
            targets[point] = logPosterior + logJacobians[point];
        }
    }

    /// <summary>Copies the recorded outputs of the accepted points of the last batch to their walkers.</summary>
    /// <param name="taken">Per proposal: not 0 if its walker took it.</param>
    /// <param name="walkerOf">Walker of each proposal.</param>
    /// <param name="recorded">Receives <c>[output * walkers + walker]</c>.</param>
    /// <param name="walkers">Number of walkers.</param>
    public void KeepRecorded(ReadOnlySpan<long> taken, ReadOnlySpan<int> walkerOf, Span<double> recorded, int walkers)
    {
        ReadOnlySpan<double> outputs = Batch.Recorded;
        for (int k = 0; k < Batch.RecordedCount; k++)
        {
            for (int i = 0; i < Evaluated; i++)
            {
                if (taken[pointOf[i]] != 0)
                {
                    recorded[(k * walkers) + walkerOf[pointOf[i]]] = outputs[(k * Evaluated) + i];
                }
            }
        }
    }

    /// <summary>Tells the observer of every failed point of the last batch.</summary>
    /// <param name="proposals">What was passed to <see cref="Evaluate"/>.</param>
    /// <param name="iteration">Iteration of the batch.</param>
    /// <param name="walkers">Walker of each proposal.</param>
    /// <param name="observer">Hears of the failures.</param>
    public void ReportFailures(ReadOnlySpan<double> proposals, int iteration, ReadOnlySpan<int> walkers, IFailureObserver observer)
    {
        ReadOnlySpan<ModelFailed?> failures = Batch.Failures;
        ReadOnlySpan<double> evaluated = proposals;
        int stride = Evaluated;
        if (!space.IsIdentity)
        {
            evaluated = Evaluated == walkers.Length ? natural : compacted;
        }

        for (int i = 0; i < failures.Length; i++)
        {
            if (failures[i] is { } failure)
            {
                for (int j = 0; j < failedPoint.Length; j++)
                {
                    failedPoint[j] = evaluated[(j * stride) + i];
                }

                observer.OnFailure(iteration, walkers[pointOf[i]], failure, failedPoint);
            }
        }
    }

    // log likelihood + log prior with a log prior of zero: turns -0.0 into 0.0, as the sum does in every other driver
    private static void AddZero(ReadOnlySpan<double> logLikelihoods, Span<double> logPosteriors)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= logPosteriors.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            {
                (Vector512.Create(logLikelihoods[i..]) + Vector512<double>.Zero).CopyTo(logPosteriors[i..]);
            }
        }

        for (; i < logPosteriors.Length; i++)
        {
            logPosteriors[i] = logLikelihoods[i] + 0.0;
        }
    }

    /// <summary>Moves the points with a finite log prior together; the usual case, all of them, moves nothing.</summary>
    private ReadOnlySpan<double> Compact(int count)
    {
        int inside = 0;
        for (int point = 0; point < count; point++)
        {
            pointOf[inside] = point;
            inside += logPriors[point] > double.NegativeInfinity ? 1 : 0;
        }

        Evaluated = inside;
        if (inside == count)
        {
            return natural.AsSpan(0, count * space.NaturalDimension);
        }

        for (int j = 0; j < space.NaturalDimension; j++)
        {
            for (int i = 0; i < inside; i++)
            {
                compacted[(j * inside) + i] = natural[(j * count) + pointOf[i]];
            }
        }

        return compacted.AsSpan(0, inside * space.NaturalDimension);
    }
}
