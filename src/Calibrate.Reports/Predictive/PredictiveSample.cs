using System.Globalization;
using Calibrate.Problems;
using Calibrate.Problems.Targets;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Predictive;

/// <summary>
/// What the posterior says of the observations: the model's outputs, as each target compares them, at some draws spread evenly over all chains.
/// They come from recorded outputs where the run has them, else the model is evaluated again.
/// </summary>
public sealed record PredictiveSample
{
    /// <summary>The draws that were wanted, and where they stand in the run.</summary>
    public required IReadOnlyList<DrawPlace> Places { get; init; }

    /// <summary>Natural parameters of each draw, in the order of <see cref="Problem.NaturalNames"/>.</summary>
    public required IReadOnlyList<double[]> Natural { get; init; }

    /// <summary>The targets, in the order of the problem.</summary>
    public required IReadOnlyList<PredictiveTarget> Targets { get; init; }

    /// <summary>Whether each draw has predictions.</summary>
    public required IReadOnlyList<bool> Succeeded { get; init; }

    /// <summary>Whether the predictions come from outputs that the run recorded.</summary>
    public required bool FromRecorded { get; init; }

    /// <summary>Draws at which the model failed.</summary>
    public required int Failures { get; init; }

    /// <summary>The first failure in words; null when there was none.</summary>
    public required string? FirstFailure { get; init; }

    /// <summary>Draws that were not evaluated because the time budget was used up.</summary>
    public required int Unevaluated { get; init; }

    /// <summary>Draws with predictions.</summary>
    public int Count => Succeeded.Count(succeeded => succeeded);

    /// <summary>How the sample came about, for people.</summary>
    public string Origin
    {
        get
        {
            var how = FromRecorded ? "from the outputs recorded with them" : "by evaluating the model again";
            var text = string.Create(CultureInfo.InvariantCulture, $"{Count:#,0} draws, spread evenly over all chains, {how}");
            if (Failures > 0)
            {
                text += string.Create(CultureInfo.InvariantCulture, $"; the model failed at {Failures:#,0} more (the first: {FirstFailure})");
            }

            return Unevaluated > 0
                ? text + string.Create(CultureInfo.InvariantCulture, $"; {Unevaluated:#,0} were left out because the time budget was used up")
                : text;
        }
    }

    /// <summary>Makes the sample of a run.</summary>
    /// <param name="reader">The run.</param>
    /// <param name="problem">The problem it was started with.</param>
    /// <param name="settings">How many draws, and what that may cost.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The sample; null when there is nothing to predict: no targets, no draws, or none were asked for.</returns>
    /// <exception cref="Runtime.RunException">The model cannot be evaluated here.</exception>
    /// <exception cref="ProblemException">The model runs in processes of its own, and the problem was built in code.</exception>
    public static async Task<PredictiveSample?> MakeAsync(
        RunReader reader, Problem problem, PredictiveSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(settings);
        if (TargetComparisons.Of(problem) is not { Targets.Count: > 0 } comparisons || reader.DrawsPerChain == 0 || settings.Draws == 0)
        {
            return null;
        }

        var places = EvenDraws.Choose(reader.Chains, reader.DrawsPerChain, settings.Draws);
        var recorded = comparisons.RecordedPlaces?.Select(place => problem.RecordedNames[place]) ?? [];
        var columns = await reader.ReadAtAsync([.. problem.NaturalNames, .. recorded], places, cancellationToken);
        var natural = columns.Select(column => column[..problem.NaturalNames.Count]).ToList();
        var outputs = comparisons.RecordedPlaces is null
            ? await OutputsAtDraws.EvaluateAsync(problem, comparisons, natural, settings, cancellationToken)
            : OutputsAtDraws.OfRecorded([.. columns.Select(column => column[problem.NaturalNames.Count..])]);
        return new PredictiveSample
        {
            Places = places,
            Natural = natural,
            Targets = [.. comparisons.Targets.Select(target => Predict(target, natural, outputs))],
            Succeeded = [.. outputs.Values.Select(values => values is not null)],
            FromRecorded = comparisons.RecordedPlaces is not null,
            Failures = outputs.Failures,
            FirstFailure = outputs.FirstFailure,
            Unevaluated = outputs.Unevaluated,
        };
    }

    private static PredictiveTarget Predict(TargetComparison target, IReadOnlyList<double[]> natural, OutputsAtDraws outputs)
    {
        var count = target.Observed.Count;
        var predictions = new double[natural.Count, count];
        var sigmas = new double[natural.Count, count];
        var prediction = new double[count];
        var sigma = new double[count];
        for (var draw = 0; draw < natural.Count; draw++)
        {
            if (outputs.Values[draw] is { } values)
            {
                target.Predict(values, natural[draw], prediction, sigma);
            }
            else
            {
                Array.Fill(prediction, double.NaN);
                Array.Fill(sigma, double.NaN);
            }

            for (var k = 0; k < count; k++)
            {
                predictions[draw, k] = prediction[k];
                sigmas[draw, k] = sigma[k];
            }
        }

        return new PredictiveTarget(target, predictions, sigmas);
    }
}
