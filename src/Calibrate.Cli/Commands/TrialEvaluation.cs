using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;
using Calibrate.Runtime.Slots;

namespace Calibrate.Cli.Commands;

/// <summary>One evaluation at the centre of the prior, and how long such an evaluation takes.</summary>
/// <param name="Point">The natural parameters.</param>
/// <param name="LogPrior">Log prior density there.</param>
/// <param name="LogLikelihood">Log likelihood there; NaN when the evaluation failed.</param>
/// <param name="Failure">Why it failed, or null.</param>
/// <param name="SecondsPerEvaluation">The best of a few timed evaluations.</param>
internal sealed record TrialEvaluation(
    IReadOnlyDictionary<string, double> Point, double LogPrior, double LogLikelihood, string? Failure, double SecondsPerEvaluation)
{
    private const int TimedEvaluations = 5;

    public static TrialEvaluation Of(Problem problem, TimeProvider clock)
    {
        var space = problem.Space;
        var sampled = Centre(problem);
        var natural = new double[space.NaturalDimension];
        Span<double> logPrior = stackalloc double[1];
        Span<double> logJacobian = stackalloc double[1];
        space.Evaluate(1, sampled, natural, logPrior, logJacobian);

        using var likelihood = IsolatedLikelihood.Of(problem);
        var batch = new EvaluationBatch();
        batch.EnsureCapacity(1, likelihood.RecordedCount);
        var best = double.PositiveInfinity;
        for (var i = 0; i < TimedEvaluations && batch.FailureCount == 0; i++)
        {
            batch.Clear();
            var start = clock.GetTimestamp();
            likelihood.Evaluate(1, natural, batch);
            best = Math.Min(best, clock.GetElapsedTime(start).TotalSeconds);
        }

        var failure = batch.Failures[0] is { } failed ? $"{failed.Kind}: {failed.Message}" : null;
        var point = problem.NaturalNames.Zip(natural).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return new TrialEvaluation(point, logPrior[0], failure is null ? batch.LogLikelihoods[0] : double.NaN, failure, best);
    }

    private static double[] Centre(Problem problem)
    {
        var sampled = new double[problem.Space.Dimension];
        if (problem.Space.CanSamplePrior)
        {
            var medians = new double[problem.Space.Dimension];
            Array.Fill(medians, 0.5);
            problem.Space.SamplePrior(medians, sampled);
        }

        return sampled;
    }
}
