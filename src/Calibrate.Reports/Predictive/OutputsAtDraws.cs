using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Targets;
using Calibrate.Runtime;
using Calibrate.Runtime.Slots;

namespace Calibrate.Reports.Predictive;

/// <summary>The model outputs that targets compare, at some draws.</summary>
/// <param name="Values">Per draw the values of <see cref="TargetComparisons.Rows"/>; null where the model failed or was not evaluated.</param>
/// <param name="Failures">Draws at which the model failed.</param>
/// <param name="FirstFailure">The first of them in words.</param>
/// <param name="Unevaluated">Draws that the time budget left out.</param>
internal sealed record OutputsAtDraws(IReadOnlyList<double[]?> Values, int Failures, string? FirstFailure, int Unevaluated)
{
    /// <summary>From recorded outputs; a draw whose walker has not moved since a failed start has none.</summary>
    public static OutputsAtDraws OfRecorded(IReadOnlyList<double[]> recorded)
    {
        double[]?[] values = [.. recorded.Select(row => Array.TrueForAll(row, double.IsFinite) ? row : null)];
        var failures = values.Count(row => row is null);
        return new OutputsAtDraws(values, failures, failures > 0 ? "its recorded outputs are not finite" : null, 0);
    }

    /// <summary>
    /// By evaluating the model, as isolated as the problem asks for. The draws go in an order that leaves an even sample behind whenever time is up.
    /// </summary>
    public static async Task<OutputsAtDraws> EvaluateAsync(
        Problem problem,
        TargetComparisons comparisons,
        IReadOnlyList<double[]> natural,
        PredictiveSettings settings,
        CancellationToken cancellationToken)
    {
        var order = SpreadOrder(natural.Count);
        var outcomes = new EvaluationOutcome?[natural.Count];
        var started = settings.Clock.GetTimestamp();
        var next = -1;
        var slots = Math.Clamp(settings.Slots ?? problem.Execution.Slots ?? Environment.ProcessorCount, 1, natural.Count);
        await Task.WhenAll(Enumerable.Range(0, slots).Select(_ => Task.Run(Work, cancellationToken)));
        ModelFailed[] failures = [.. outcomes.OfType<ModelFailed>()];
        return new OutputsAtDraws(
            [.. outcomes.Select(outcome => (outcome as Evaluated)?.Recorded)],
            failures.Length,
            failures.FirstOrDefault()?.Message,
            outcomes.Count(outcome => outcome is null));

        void Work()
        {
            var (likelihood, places) = Source(problem, comparisons, settings);
            using var owned = likelihood as IDisposable;
            var results = new EvaluationBatch();
            while (settings.Clock.GetElapsedTime(started) < settings.TimeBudget && Interlocked.Increment(ref next) is var turn && turn < order.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var draw = order[turn];
                likelihood.Evaluate(1, natural[draw], results);
                var outcome = results.OutcomeOf(0);
                outcomes[draw] = outcome is Evaluated evaluated ? evaluated with { Recorded = [.. places.Select(place => evaluated.Recorded[place])] } : outcome;
            }
        }
    }

    /// <summary>A likelihood that records what targets compare, and where each value stands among what it records.</summary>
    private static (ILikelihood Likelihood, IReadOnlyList<int> Places) Source(Problem problem, TargetComparisons comparisons, PredictiveSettings settings)
    {
        if (!problem.Execution.NeedsProcesses)
        {
            return (new ThreadSlot(comparisons.CreateRecording()).Likelihood, [.. Enumerable.Range(0, comparisons.Rows.Count)]);
        }

        // Children build the problem from its text: what they are to record must stand there.
        var source = problem.Source ?? throw new ProblemException([new ProblemError("", "a problem that was built in code", "a problem file, to evaluate its model in processes")]);
        var models = settings.Models ?? throw new RunException("The model runs in processes of its own: say which models the problem's file can name.");
        var recording = ProblemFile.Parse(
            source with { Overrides = [.. source.Overrides, $"record=[{string.Join(", ", problem.Signature!.Outputs.Select(Quoted))}]", "derived={}"] }, models);
        return (IsolatedLikelihood.Of(recording, settings.SlotProgram), TargetComparisons.Of(recording)!.RecordedPlaces!);
    }

    private static string Quoted(OutputSignature output) => $"'{output.Name.Replace("'", "''", StringComparison.Ordinal)}'";

    // Multiples of the golden section modulo 1, sorted: every beginning of this order is spread evenly (Weyl's sequence).
    private static int[] SpreadOrder(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        var keys = Array.ConvertAll(order, i => i * 0.6180339887498949 % 1.0);
        var ranks = (int[])order.Clone();
        Array.Sort(keys, ranks);
        return ranks;
    }
}
