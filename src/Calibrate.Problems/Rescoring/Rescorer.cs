using System.Diagnostics.CodeAnalysis;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Rescoring;

/// <summary>
/// The log posterior of a problem at draws of another one, without running the model: the outputs that were recorded with each draw are
/// compared with the new targets by the very code that evaluates. An unchanged problem gives unchanged bits. Serves one thread.
/// </summary>
public sealed class Rescorer
{
    private readonly Problem before;
    private readonly Problem after;
    private readonly RecordedModel model;
    private readonly ILikelihood likelihood;
    private readonly EvaluationBatch results = new();
    private readonly (int Recorded, int Row)[] inUse;
    private readonly int[] order;
    private readonly bool sharesSampledSpace;
    private readonly double[] sampled;
    private readonly double[] natural;
    private readonly double[] naturalBefore;
    private readonly int[] freeBefore;

    private Rescorer(Problem before, Problem after, TargetLikelihoodFactory targets, (int Recorded, int Row)[] inUse)
    {
        this.before = before;
        this.after = after;
        this.inUse = inUse;
        model = new RecordedModel(after.Signature!);
        likelihood = targets.CreateOver(model);
        string[] names = [.. before.SampledNames];
        order = [.. after.SampledNames.Select(name => Array.IndexOf(names, name))];
        sharesSampledSpace = after.SampledNames.All(name => TransformOf(before, name) == TransformOf(after, name));
        freeBefore = [.. after.SampledNames.Select(name => IndexOf(before.NaturalNames, name))];
        sampled = new double[after.Space.Dimension];
        natural = new double[after.Space.NaturalDimension];
        naturalBefore = new double[before.Space.NaturalDimension];
        RecordedInUse = [.. inUse.Select(pair => pair.Recorded)];
    }

    /// <summary>Indexes of the recorded outputs that the new targets compare; the others need not be read.</summary>
    public IReadOnlyList<int> RecordedInUse { get; }

    /// <summary>Draws that the new problem could not score: its log likelihood was not a number.</summary>
    public long Failures { get; private set; }

    /// <summary>The first of the <see cref="Failures"/> in words; null when there was none.</summary>
    public string? FirstFailure { get; private set; }

    /// <summary>Makes a rescorer, or says why there is none.</summary>
    /// <param name="before">The problem the draws come from.</param>
    /// <param name="canonicalBefore">Its canonical text as it was journaled, which tells whether the model is still the same.</param>
    /// <param name="after">The problem to score them under.</param>
    /// <param name="rescorer">The rescorer.</param>
    /// <param name="refusal">What stands against it and what to do, for the user.</param>
    public static bool TryCreate(
        Problem before, string canonicalBefore, Problem after, [NotNullWhen(true)] out Rescorer? rescorer, [NotNullWhen(false)] out string? refusal)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        rescorer = null;
        refusal = RescoringRules.Refuse(before, canonicalBefore, after);
        if (refusal is not null)
        {
            return false;
        }

        var targets = (TargetLikelihoodFactory)after.Likelihood;
        Dictionary<int, int> recorded = [];
        foreach ((int k, int row) in before.RecordedRows.Index())
        {
            recorded.TryAdd(row, k);
        }

        refusal = RescoringRules.RefuseMissing(before, after.Signature!, [.. targets.RowsCompared.Where(row => !recorded.ContainsKey(row))]);
        if (refusal is null)
        {
            rescorer = new Rescorer(before, after, targets, [.. targets.RowsCompared.Select(row => (recorded[row], row))]);
        }

        return rescorer is not null;
    }

    /// <summary>The log posterior of the new problem at a draw: log likelihood plus log prior, without Jacobian.</summary>
    /// <param name="position">The draw in the sampled space of the problem it comes from.</param>
    /// <param name="recorded">Its recorded outputs; only those of <see cref="RecordedInUse"/> are read.</param>
    /// <returns>Negative infinity where the new prior or likelihood is 0 or cannot be computed; positive infinity when the likelihood is.</returns>
    public double Evaluate(ReadOnlySpan<double> position, ReadOnlySpan<double> recorded)
    {
        Map(position);
        Span<double> logPrior = [0];
        Span<double> logJacobian = [0];
        after.Space.Evaluate(1, sampled, natural, logPrior, logJacobian);
        if (double.IsNegativeInfinity(logPrior[0]))
        {
            return logPrior[0];
        }

        foreach ((int k, int row) in inUse)
        {
            model.Outputs[row] = recorded[k];
        }

        likelihood.Evaluate(1, natural, results);
        if (results.Failures[0] is { } failure)
        {
            Failures++;
            FirstFailure ??= failure.Message;
            return failure.Kind == ModelFailureKind.PositiveInfinity ? double.PositiveInfinity : double.NegativeInfinity;
        }

        return results.LogLikelihoods[0] + logPrior[0];
    }

    // The same transforms leave the position as it is, to the bit; others are reached through the natural values.
    private void Map(ReadOnlySpan<double> position)
    {
        if (sharesSampledSpace)
        {
            for (int j = 0; j < sampled.Length; j++)
            {
                sampled[j] = position[order[j]];
            }

            return;
        }

        before.Space.Evaluate(1, position, naturalBefore, [0], [0]);
        Span<double> free = stackalloc double[freeBefore.Length];
        for (int j = 0; j < free.Length; j++)
        {
            free[j] = naturalBefore[freeBefore[j]];
        }

        after.Space.ToSampled(free, sampled);
    }

    private static ParameterTransform TransformOf(Problem problem, string name) =>
        problem.Parameters.First(parameter => parameter.Name == name).Transform;

    private static int IndexOf(IReadOnlyList<string> names, string name) => names.Index().First(pair => pair.Item == name).Index;
}
