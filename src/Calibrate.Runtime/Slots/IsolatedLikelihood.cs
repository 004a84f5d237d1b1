using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Slots;

/// <summary>
/// A problem's likelihood for single evaluations outside of a run (a first look, a best fit, a check), as isolated as the problem asks for: a
/// model that crashes or hangs fails its point, and not the process that asks.
/// </summary>
public sealed class IsolatedLikelihood : ILikelihood, IDisposable
{
    // As in a run: it takes three dead processes to find a point guilty.
    private const int MostDeaths = 3;

    private readonly ISlot slot;
    private readonly ILikelihood? direct;

    private IsolatedLikelihood(Problem problem, ISlot slot)
    {
        this.slot = slot;
        direct = (slot as ThreadSlot)?.Likelihood;
        NaturalDimension = problem.Space.NaturalDimension;
        RecordedCount = problem.RecordedNames.Count;
    }

    /// <inheritdoc/>
    public int NaturalDimension { get; }

    /// <inheritdoc/>
    public int RecordedCount { get; }

    /// <summary>Makes the likelihood of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="program">The program of child processes; null for this process's own.</param>
    /// <exception cref="RunException">The problem asks for processes, and none comes to life.</exception>
    /// <exception cref="ProblemException">The problem asks for processes and was built in code.</exception>
    public static IsolatedLikelihood Of(Problem problem, SlotProgram? program = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new IsolatedLikelihood(
            problem,
            problem.Execution.NeedsProcesses
                ? ProcessSlotFactory.Of(problem, TimeProvider.System, program).Create()
                : new ThreadSlot(problem.Likelihood.Create()));
    }

    /// <inheritdoc/>
    /// <exception cref="RunException">Children cannot be started any more.</exception>
    public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (direct is not null)
        {
            direct.Evaluate(count, natural, results);
            return;
        }

        results.EnsureCapacity(count, RecordedCount);
        for (var i = 0; i < count; i++)
        {
            var point = new double[NaturalDimension];
            for (var j = 0; j < point.Length; j++)
            {
                point[j] = natural[(j * count) + i];
            }

            Take(EvaluateOne(point), i, results);
        }
    }

    /// <summary>Ends the child process, if there is one.</summary>
    public void Dispose() => slot.DisposeAsync().AsTask().Wait(CancellationToken.None);

    private EvaluationOutcome EvaluateOne(double[] point)
    {
        EvaluationRequest[] request = [new(default, point)];
        for (var deaths = 1; ; deaths++)
        {
            var outcome = slot.Evaluate(request)[0].Outcome;
            if (outcome is not Lost || deaths == MostDeaths)
            {
                return outcome;
            }
        }
    }

    private void Take(EvaluationOutcome outcome, int i, EvaluationBatch results)
    {
        switch (outcome)
        {
            case Evaluated evaluated:
                results.LogLikelihoods[i] = evaluated.LogLikelihood;
                for (var k = 0; k < RecordedCount; k++)
                {
                    results.Recorded[(k * results.Count) + i] = evaluated.Recorded[k];
                }

                break;
            case ModelFailed failed:
                results.Fail(i, failed);
                break;
            case ResourceExceeded exceeded:
                results.Fail(i, new ModelFailed(ModelFailureKind.Exception, exceeded.Message));
                break;
            case Lost lost:
                results.Fail(i, new ModelFailed(ModelFailureKind.NonZeroExit, lost.Reason));
                break;
            default:
                throw new ArgumentException($"The outcome {outcome.GetType().Name} is not known here.", nameof(outcome));
        }
    }
}
