using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Expressions;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Building;

/// <summary>Checks the parameters of a problem against its model and puts its parameter space together.</summary>
internal sealed class ParameterAssembly
{
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly Mistakes mistakes;

    private ParameterAssembly(IReadOnlyList<Parameter> parameters, IReadOnlyList<string> naturalNames, Mistakes mistakes)
    {
        this.parameters = parameters;
        this.mistakes = mistakes;
        NaturalNames = naturalNames;
    }

    /// <summary>All parameters: those of the problem, then those the model has defaults for.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>The model's parameters in its order, then the others in the problem's order.</summary>
    public IReadOnlyList<string> NaturalNames { get; }

    /// <summary>The free parameters in the problem's order.</summary>
    public IReadOnlyList<string> SampledNames { get; private set; } = [];

    /// <summary>The space; null when there are mistakes.</summary>
    public ParameterSpace? Space { get; private set; }

    /// <summary>Checks and assembles.</summary>
    /// <param name="given">The parameters of the problem.</param>
    /// <param name="modelParameters">The parameters of the model.</param>
    /// <param name="usedElsewhere">Names that targets and derived quantities use.</param>
    /// <param name="mistakes">Receives the mistakes.</param>
    public static ParameterAssembly Of(
        IReadOnlyList<Parameter> given,
        IReadOnlyList<ModelParameter> modelParameters,
        IReadOnlyCollection<string> usedElsewhere,
        Mistakes mistakes)
    {
        ParameterNames.Check(given, modelParameters, usedElsewhere, mistakes);
        Parameter[] implied =
        [
            .. modelParameters
                .Where(m => m.Default is not null && !given.Any(p => p.Name == m.Name))
                .Select(m => Parameter.Fixed(m.Name, m.Default!.Value) with { Unit = m.Unit }),
        ];
        Parameter[] all = [.. given.DistinctBy(p => p.Name, StringComparer.Ordinal), .. implied];
        string[] names =
        [
            .. modelParameters.Select(m => m.Name),
            .. all.Select(p => p.Name).Where(n => !modelParameters.Any(m => m.Name == n)),
        ];
        ParameterAssembly assembly = new(all, names, mistakes);
        assembly.Build();
        return assembly;
    }

    private void Build()
    {
        List<FreeParameter> free = [];
        List<FixedParameter> constants = [];
        foreach (Parameter parameter in parameters)
        {
            int slot = SlotOf(parameter.Name);
            CheckRole(parameter);
            if (parameter.Role == ParameterRole.Fixed)
            {
                constants.Add(new FixedParameter(slot, parameter.Value!.Value));
            }
            else if (parameter.Role == ParameterRole.Free && TryFree(parameter, slot, out FreeParameter? one))
            {
                free.Add(one);
            }
        }

        TiedParameter[]? tied = Ties.Order(parameters, NaturalNames, mistakes);
        SampledNames = [.. parameters.Where(p => p.Role == ParameterRole.Free).Select(p => p.Name)];
        if (SampledNames.Count == 0 && (parameters.Count > 0 || !mistakes.Any))
        {
            mistakes.Add("parameters", "no parameter to sample", "at least one parameter with a prior");
        }

        if (tied is not null && !mistakes.Has("parameters"))
        {
            Space = new ParameterSpace(NaturalNames.Count, [.. free], tied, [.. constants]);
        }
    }

    private int SlotOf(string name)
    {
        int slot = 0;
        while (NaturalNames[slot] != name)
        {
            slot++;
        }

        return slot;
    }

    private void CheckRole(Parameter parameter)
    {
        string path = $"parameters.{parameter.Name}";
        if (parameter.Value is { } value && !double.IsFinite(value))
        {
            mistakes.Add($"{path}.value", NumberText.Of(value), "a finite number");
        }

        if (parameter.Tie is not null && parameter.Value is not null)
        {
            mistakes.Add($"{path}.tie", "both tie and value", "one of them");
        }

        if (parameter.Role != ParameterRole.Free
            && (parameter.Prior is not null || parameter.Transform != ParameterTransform.None || parameter.Bounds != Support.RealLine))
        {
            string role = parameter.Role == ParameterRole.Tied ? "tied" : "fixed";
            mistakes.Add(path, $"a prior, bounds or transform of a {role} parameter", $"none: a {role} parameter is not sampled");
        }
    }

    private bool TryFree(Parameter parameter, int slot, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FreeParameter? free)
    {
        free = null;
        string path = $"parameters.{parameter.Name}";
        Support bounds = parameter.Bounds;
        if (!(bounds.Lower < bounds.Upper))
        {
            mistakes.Add($"{path}.bounds", $"[{NumberText.Of(bounds.Lower)}, {NumberText.Of(bounds.Upper)}]", "a lower bound below the upper one");
            return false;
        }

        IDistribution given = parameter.Prior ?? new Flat();
        IDistribution prior;
        try
        {
            prior = Truncated.Of(given, bounds.Lower, bounds.Upper);
        }
        catch (ArgumentOutOfRangeException)
        {
            mistakes.Add(
                $"{path}.bounds",
                $"[{NumberText.Of(bounds.Lower)}, {NumberText.Of(bounds.Upper)}], where the prior {given} has no probability",
                $"bounds that overlap the prior's support, {NumberText.Of(given.Support.Lower)} to {NumberText.Of(given.Support.Upper)}");
            return false;
        }

        Support support = prior.Support;
        switch (parameter.Transform)
        {
            case ParameterTransform.Log when support.Lower < 0:
                mistakes.Add($"{path}.transform", $"log with a prior that reaches down to {NumberText.Of(support.Lower)}", "a prior or bounds of at least 0");
                return false;
            case ParameterTransform.Logit when !double.IsFinite(support.Lower) || !double.IsFinite(support.Upper):
                mistakes.Add($"{path}.transform", "logit without two finite bounds", "bounds: [lower, upper]");
                return false;
            default:
                free = new FreeParameter(slot, prior, parameter.Transform, support.Lower, support.Upper);
                return true;
        }
    }
}
