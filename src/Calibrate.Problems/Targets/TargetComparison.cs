using Calibrate.Numerics;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Targets;

/// <summary>
/// How one target compares a model run with its observations, value by value: what readers of draws need that the likelihood keeps to itself.
/// Immutable.
/// </summary>
public sealed class TargetComparison
{
    private readonly CompiledTarget target;
    private readonly int[] places;
    private readonly int[] referencePlaces;

    internal TargetComparison(CompiledTarget target, ModelSignature signature, IReadOnlyList<int> rows)
    {
        this.target = target;
        int output = signature.IndexOfOutput(target.Definition.Output);
        OutputSignature observed = signature.Outputs[output];
        int offset = signature.OffsetOf(output);
        places = Array.ConvertAll(target.Rows, row => IndexOf(rows, row));
        referencePlaces = Array.ConvertAll(target.ReferenceRows, row => IndexOf(rows, row));
        Unit = target.Definition.Scale is null ? observed.Unit : null;
        Axis = observed.Axis is { } axis ? Array.ConvertAll(target.Rows, row => axis[row - offset]) : null;
    }

    /// <summary>The target.</summary>
    public string Name => target.Definition.Name;

    /// <summary>The model output it observes.</summary>
    public string Output => target.Definition.Output;

    /// <summary>Unit of the output; null when the model does not say, or when the target scales the output.</summary>
    public string? Unit { get; }

    /// <summary>Whether the target scales the output before it compares.</summary>
    public bool IsScaled => target.Definition.Scale is not null;

    /// <summary>Where on the output's axis each compared value lies; null for a scalar output.</summary>
    public IReadOnlyList<double>? Axis { get; }

    /// <summary>The compared observations, less their mean over the reference period when there is one.</summary>
    public IReadOnlyList<double> Observed => target.Data;

    /// <summary>The period that model and data are taken relative to; null for none.</summary>
    public Support? Reference => target.Definition.Reference;

    /// <summary>Degrees of freedom of Student's t; null for a Gaussian likelihood.</summary>
    public double? StudentNu => target.Definition.StudentNu;

    /// <summary>Whether the errors of the values are correlated, so that the log likelihood is not a sum over them.</summary>
    public bool IsCorrelated => target.Covariance is not null;

    /// <summary>What the target compares with its observations for one model run, and how uncertain each comparison is.</summary>
    /// <param name="outputs">The values of <see cref="TargetComparisons.Rows"/>.</param>
    /// <param name="natural">Natural parameters of the run.</param>
    /// <param name="predictions">Receives one prediction per observation: scaled, and relative to the reference period.</param>
    /// <param name="sigmas">
    /// Receives the standard deviation of each observation (the scale for Student's t), extra sigma and covariance scaling included; NaN where the
    /// parameters give a variance that is not positive.
    /// </param>
    public void Predict(ReadOnlySpan<double> outputs, ReadOnlySpan<double> natural, Span<double> predictions, Span<double> sigmas)
    {
        double reference = 0;
        foreach (int place in referencePlaces)
        {
            reference += outputs[place];
        }

        reference = referencePlaces.Length == 0 ? 0 : reference / referencePlaces.Length;
        double scale = target.Scale.At(natural, 1, 0);
        double extra = target.ExtraSigma.At(natural, 1, 0);
        double factor = target.CovarianceScale.At(natural, 1, 0);
        for (int k = 0; k < places.Length; k++)
        {
            predictions[k] = scale * (outputs[places[k]] - reference);
            double variance = factor * ((target.Covariance?[k, k] ?? target.Variances[k]) + (extra * extra));
            sigmas[k] = variance > 0 ? Math.Sqrt(variance) : double.NaN;
        }
    }

    /// <summary>The log likelihood of each observation, its weight included; their sum is the target's.</summary>
    /// <param name="predictions">What <see cref="Predict"/> said.</param>
    /// <param name="sigmas">What <see cref="Predict"/> said.</param>
    /// <param name="logLikelihoods">Receives one number per observation.</param>
    /// <exception cref="InvalidOperationException">The errors are correlated (<see cref="IsCorrelated"/>).</exception>
    public void LogLikelihoods(ReadOnlySpan<double> predictions, ReadOnlySpan<double> sigmas, Span<double> logLikelihoods)
    {
        if (IsCorrelated)
        {
            throw new InvalidOperationException($"The errors of target '{Name}' are correlated: its log likelihood is not a sum over observations.");
        }

        IDistribution standard = StudentNu is { } nu ? new StudentT(nu, 0, 1) : new Normal(0, 1);
        for (int k = 0; k < places.Length; k++)
        {
            double z = (predictions[k] - target.Data[k]) / sigmas[k];
            logLikelihoods[k] = (target.Weights?[k] ?? 1) * (standard.LogDensity(z) - Elementary.Log(sigmas[k]));
        }
    }

    private static int IndexOf(IReadOnlyList<int> rows, int row)
    {
        int index = 0;
        while (rows[index] != row)
        {
            index++;
        }

        return index;
    }
}
