using System.Globalization;
using Calibrate.Problems;
using Calibrate.Problems.Targets;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime;

namespace Calibrate.Reports.Exports.NetCdf;

/// <summary>
/// The groups <c>observed_data</c>, <c>posterior_predictive</c> and <c>log_likelihood</c>: a variable per target along its compared observations. The
/// latter two hold some draws spread evenly over all chains, as one chain whose coordinates say which draws they are.
/// </summary>
internal sealed class PredictiveGroups
{
    private readonly NetCdfGroup root;
    private readonly ExportSource source;
    private readonly Action<NetCdfGroup> describe;
    private readonly List<string> notes = [];

    private PredictiveGroups(NetCdfGroup root, ExportSource source, Action<NetCdfGroup> describe) =>
        (this.root, this.source, this.describe) = (root, source, describe);

    /// <summary>Adds the groups.</summary>
    /// <param name="root">The file's root.</param>
    /// <param name="source">The run.</param>
    /// <param name="describe">Gives a group the attributes of the run.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What could not be written and why.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        NetCdfGroup root, ExportSource source, Action<NetCdfGroup> describe, CancellationToken cancellationToken)
    {
        var groups = new PredictiveGroups(root, source, describe);
        if (TargetComparisons.Of(source.Problem) is not { Targets.Count: > 0 } comparisons)
        {
            return ["There are no groups 'observed_data', 'posterior_predictive' and 'log_likelihood': the problem has no targets."];
        }

        groups.WriteObserved(comparisons.Targets);
        if (await groups.PredictAsync(cancellationToken) is { } sample)
        {
            groups.WritePredictive(sample);
            groups.WriteLogLikelihoods(sample);
        }

        return groups.notes;
    }

    private async Task<PredictiveSample?> PredictAsync(CancellationToken cancellationToken)
    {
        try
        {
            var sample = await PredictiveSample.MakeAsync(source.Reader, source.Problem, source.Predictive, cancellationToken);
            if (sample is { Count: > 0 })
            {
                if (sample.Failures + sample.Unevaluated > 0)
                {
                    notes.Add($"The groups 'posterior_predictive' and 'log_likelihood' hold {sample.Origin}.");
                }

                return sample;
            }

            notes.Add($"There are no groups 'posterior_predictive' and 'log_likelihood': {sample?.Origin ?? "no draws were asked for"}.");
        }
        catch (Exception exception) when (exception is RunException or ProblemException)
        {
            // A model that is not here any more must not keep anybody from the draws.
            notes.Add($"There are no groups 'posterior_predictive' and 'log_likelihood': {exception.Message}");
        }

        return null;
    }

    private void WriteObserved(IReadOnlyList<TargetComparison> targets)
    {
        var group = root.AddGroup("observed_data");
        describe(group);
        foreach (var (target, name) in targets.Zip(Names(targets.Select(target => target.Name), targets)))
        {
            var places = DrawDimensions.AddPlaces(group, name + "_dim_0", target.Axis, target.Observed.Count);
            var variable = group.AddVariable(name, NetCdfLibrary.Double, [places]);
            if (target.Unit is { Length: > 0 } unit)
            {
                group.SetAttribute("units", unit, variable);
            }

            group.Write(variable, [0], [target.Observed.Count], [.. target.Observed]);
        }
    }

    private void WritePredictive(PredictiveSample sample)
    {
        var (group, dimensions, draws) = AddGroup("posterior_predictive", sample);
        var targets = sample.Targets.Select(target => target.Comparison).ToArray();
        var names = Names([.. targets.Select(target => target.Name), .. targets.Select(target => target.Name + "_mean")], targets);
        foreach (var (index, target) in sample.Targets.Index())
        {
            var places = DrawDimensions.AddPlaces(group, names[index] + "_dim_0", target.Axis, target.Observed.Count);
            if (target.Comparison.IsCorrelated)
            {
                notes.Add($"posterior_predictive holds '{names[targets.Length + index]}' but not '{names[index]}': the errors of target '{target.Name}' are correlated, and are not drawn.");
            }
            else
            {
                Write(names[index], "what could have been observed: the model's prediction with an error drawn from the likelihood", PredictiveErrors.Replicate(target, index, draws, source.Reader.State.Identity.Seed));
            }

            Write(names[targets.Length + index], "the model's prediction without observation error", Rows(target.Predictions, draws));

            void Write(string name, string label, double[] values)
            {
                var variable = dimensions.AddVariable(name, new ExportVariable(name, [name], null, target.Comparison.Unit, label), places, null);
                group.Write(variable, [0, 0, 0], [1, draws.Length, target.Observed.Count], values);
            }
        }
    }

    private void WriteLogLikelihoods(PredictiveSample sample)
    {
        var (group, dimensions, draws) = AddGroup("log_likelihood", sample);
        var targets = sample.Targets.Select(target => target.Comparison).ToArray();
        foreach (var (target, name) in sample.Targets.Zip(Names(targets.Select(target => target.Name), targets)))
        {
            if (target.Comparison.IsCorrelated)
            {
                notes.Add($"log_likelihood holds no '{name}': the errors of target '{target.Name}' are correlated, so that it is no sum over observations.");
                continue;
            }

            var count = target.Observed.Count;
            var places = DrawDimensions.AddPlaces(group, name + "_dim_0", target.Axis, count);
            var (predictions, sigmas) = (Rows(target.Predictions, draws), Rows(target.Sigmas, draws));
            var values = new double[predictions.Length];
            for (var at = 0; at < values.Length; at += count)
            {
                target.Comparison.LogLikelihoods(predictions.AsSpan(at, count), sigmas.AsSpan(at, count), values.AsSpan(at, count));
            }

            var variable = dimensions.AddVariable(name, new ExportVariable(name, [name], null, null, "log likelihood of each observation"), places, null);
            group.Write(variable, [0, 0, 0], [1, draws.Length, count], values);
        }
    }

    // Only draws with predictions: the others would be holes that no reader expects.
    private (NetCdfGroup Group, DrawDimensions Dimensions, int[] Draws) AddGroup(string name, PredictiveSample sample)
    {
        int[] draws = [.. Enumerable.Range(0, sample.Places.Count).Where(draw => sample.Succeeded[draw])];
        var group = root.AddGroup(name);
        describe(group);
        group.SetAttribute("origin", sample.Origin);
        var dimensions = new DrawDimensions(group, 1, draws.Length);
        dimensions.AddCoordinate("ensemble", dimensions.Draw, draws.Select(draw => sample.Places[draw].Chain / source.Walkers));
        dimensions.AddCoordinate("walker", dimensions.Draw, draws.Select(draw => sample.Places[draw].Chain % source.Walkers));
        dimensions.AddCoordinate("iteration", dimensions.Draw, draws.Select(draw => source.Reader.IterationOf(sample.Places[draw].Draw)));
        return (group, dimensions, draws);
    }

    private static IReadOnlyList<string> Names(IEnumerable<string> names, IEnumerable<TargetComparison> targets) => ExportNames.Fit(
        names,
        PosteriorGroups.IsAllowed,
        [.. DrawDimensions.Taken, .. targets.Select(target => string.Create(CultureInfo.InvariantCulture, $"{target.Name}_dim_0"))]);

    private static double[] Rows(double[,] values, int[] rows) =>
        [.. rows.SelectMany(row => Enumerable.Range(0, values.GetLength(1)).Select(k => values[row, k]))];
}
