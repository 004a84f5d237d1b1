using System.Globalization;
using System.Text;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Targets;

namespace Calibrate.Problems.Building;

/// <summary>
/// The canonical lines of everything but the method: what the numbers mean, not how the file spells them. Comments, order of
/// keys, units, labels and paths of data files do not enter; the bytes of data files do.
/// </summary>
internal sealed class CanonicalDefinition
{
    private readonly StringBuilder lines = new();

    private CanonicalDefinition()
    {
    }

    public static string Lines(ProblemDraft draft, IReadOnlyList<Parameter> parameters, IReadOnlyList<string> recorded)
    {
        CanonicalDefinition text = new();
        text.DescribeModel(draft);
        foreach (Parameter parameter in parameters)
        {
            text.Describe(parameter);
        }

        text.DescribeTargets(draft);
        for (int k = 0; k < recorded.Count; k++)
        {
            text.Add($"record.{k}", recorded[k]);
        }

        foreach (DerivedQuantity quantity in draft.Derived)
        {
            text.Add($"derived.{quantity.Name}", quantity.Expression.Trim());
        }

        return text.lines.ToString();
    }

    /// <summary>
    /// The canonical lines of what an evaluation computes from natural parameters: neither priors nor transforms nor derived quantities, but
    /// the build of the model's code.
    /// </summary>
    /// <param name="draft">The draft.</param>
    /// <param name="parameters">The parameters in natural order.</param>
    /// <param name="recorded">The recorded outputs by what they are, not by what the problem calls them.</param>
    public static string EvaluatedLines(ProblemDraft draft, IEnumerable<Parameter> parameters, IEnumerable<string> recorded)
    {
        CanonicalDefinition text = new();
        text.DescribeModel(draft);
        text.DescribeCode(draft);
        foreach ((int position, Parameter parameter) in parameters.Index())
        {
            text.Add(
                $"natural.{position}",
                parameter.Role switch
                {
                    ParameterRole.Tied => $"{parameter.Name} = {parameter.Tie!.Trim()}",
                    ParameterRole.Fixed => $"{parameter.Name} = {NumberText.Of(parameter.Value!.Value)}",
                    _ => parameter.Name,
                });
        }

        text.DescribeTargets(draft);
        foreach ((int k, string output) in recorded.Index())
        {
            text.Add($"record.{k}", output);
        }

        return text.lines.ToString();
    }

    private void DescribeModel(ProblemDraft draft)
    {
        Add("format", "1");
        foreach ((string key, string value) in draft.ModelIdentity)
        {
            Add(key, value);
        }
    }

    // Two builds of one version of a model may give other numbers; the compiler derives the id of a module from its content.
    private void DescribeCode(ProblemDraft draft)
    {
        object factory = draft.Model switch
        {
            ForwardModelBinding forward => forward.Factory,
            LogDensityBinding density => density.Factory,
            _ => throw new ArgumentException("a draft without a model", nameof(draft)),
        };
        foreach (string module in draft.ModelCode.Append(factory.GetType().Module)
            .Select(m => $"{m.Name} {m.ModuleVersionId:N}").Distinct().Order(StringComparer.Ordinal))
        {
            Add("model.code", module);
        }
    }

    private void DescribeTargets(ProblemDraft draft)
    {
        foreach (Target target in draft.Targets)
        {
            Describe(target, draft.FileDigests);
        }
    }

    private void Describe(Parameter parameter)
    {
        string key = $"parameters.{parameter.Name}";
        switch (parameter.Role)
        {
            case ParameterRole.Tied:
                Add($"{key}.tie", parameter.Tie!.Trim());
                return;
            case ParameterRole.Fixed:
                Add($"{key}.value", NumberText.Of(parameter.Value!.Value));
                return;
        }

        // truncated and plain forms of one density read the same: uniform(0, 9) within [1, 2] is uniform(1, 2)
        IDistribution prior = Truncated.Of(parameter.Prior ?? new Flat(), parameter.Bounds.Lower, parameter.Bounds.Upper);
        Add($"{key}.prior", prior.ToString() ?? "");
        if (parameter.Transform != ParameterTransform.None)
        {
            Add($"{key}.transform", parameter.Transform.ToString().ToLowerInvariant());
        }
    }

    private void Describe(Target target, IReadOnlyDictionary<string, Fingerprint> digests)
    {
        string key = $"targets.{target.Name}";
        Add($"{key}.output", target.Output);
        if (target.Origin is { } origin && digests.TryGetValue(origin.File, out Fingerprint file))
        {
            Add($"{key}.file", $"sha256:{file}");
        }

        if (target.Origin?.CovarianceFile is { } path && digests.TryGetValue(path, out Fingerprint covariance))
        {
            Add($"{key}.covariance", $"sha256:{covariance}");
        }

        Add($"{key}.data", $"{target.Values.Count} values, sha256:{DigestOf(target)}");
        AddIf(target.Range != Support.RealLine, $"{key}.range", Text(target.Range));
        AddIf(target.Reference is not null, $"{key}.reference", Text(target.Reference ?? default));
        AddIf(target.Mask.Count > 0, $"{key}.mask", string.Join(' ', target.Mask.Select(Text)));
        AddIf(target.RelativeError != 0, $"{key}.relative_error", NumberText.Of(target.RelativeError));
        AddIf(target.MinimumSigma != 0, $"{key}.minimum_sigma", NumberText.Of(target.MinimumSigma));
        AddIf(target.ExtraSigma is not null, $"{key}.extra_sigma", target.ExtraSigma?.Trim() ?? "");
        AddIf(target.CovarianceScale is not null, $"{key}.covariance_scale", target.CovarianceScale?.Trim() ?? "");
        AddIf(target.Scale is not null, $"{key}.scale", target.Scale?.Trim() ?? "");
        AddIf(target.Weight != 1, $"{key}.weight", NumberText.Of(target.Weight));
        Add($"{key}.likelihood", target.StudentNu is { } nu ? $"student_t({NumberText.Of(nu)})" : "gaussian");
    }

    private static Fingerprint DigestOf(Target target)
    {
        StringBuilder numbers = new();
        foreach (IReadOnlyList<double>? column in (IReadOnlyList<double>?[])[target.Times, target.Values, target.Sigmas, target.Weights])
        {
            numbers.AppendJoin(' ', (column ?? []).Select(NumberText.Of)).Append('\n');
        }

        foreach (double[] row in target.Covariance ?? [])
        {
            numbers.AppendJoin(' ', row.Select(NumberText.Of)).Append('\n');
        }

        return Fingerprint.Of(numbers.ToString());
    }

    private void AddIf(bool given, string key, string value)
    {
        if (given)
        {
            Add(key, value);
        }
    }

    private void Add(string key, string value) => lines.Append(key).Append(" = ").Append(value.ReplaceLineEndings(" ")).Append('\n');

    private static string Text(Support period) => $"[{NumberText.Of(period.Lower)}, {NumberText.Of(period.Upper)}]";
}
