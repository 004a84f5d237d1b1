using Calibrate.Problems.Likelihoods;

namespace Calibrate.Problems.Targets;

/// <summary>All targets of a problem as comparisons of a model run with observations, and where the model's outputs for them come from.</summary>
public sealed class TargetComparisons
{
    private readonly TargetLikelihoodFactory likelihood;

    private TargetComparisons(Problem problem, TargetLikelihoodFactory likelihood)
    {
        this.likelihood = likelihood;
        Rows = [.. likelihood.RowsCompared];
        Targets = [.. likelihood.Targets.Select(target => new TargetComparison(target, problem.Signature!, Rows))];
        Dictionary<int, int> recorded = [];
        foreach ((int k, int row) in problem.RecordedRows.Index())
        {
            recorded.TryAdd(row, k);
        }

        RecordedPlaces = Rows.All(recorded.ContainsKey) ? [.. Rows.Select(row => recorded[row])] : null;
    }

    /// <summary>The targets in the order of the problem.</summary>
    public IReadOnlyList<TargetComparison> Targets { get; }

    /// <summary>The output values that targets compare, ascending, as indexes among all output values of the model.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>Where each of <see cref="Rows"/> stands among the problem's recorded outputs; null when not all of them are recorded.</summary>
    public IReadOnlyList<int>? RecordedPlaces { get; }

    /// <summary>The comparisons of a problem; null for a log density, which has no targets.</summary>
    /// <param name="problem">The problem.</param>
    public static TargetComparisons? Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Likelihood is TargetLikelihoodFactory targets ? new TargetComparisons(problem, targets) : null;
    }

    /// <summary>A likelihood with its own model instance in this process that records the values of <see cref="Rows"/>.</summary>
    public ILikelihood CreateRecording() => likelihood.CreateRecording([.. Rows]);
}
