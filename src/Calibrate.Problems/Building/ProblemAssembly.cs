using Calibrate.Problems.Expressions;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Targets;

namespace Calibrate.Problems.Building;

/// <summary>Checks a draft as a whole and puts the problem together.</summary>
internal static class ProblemAssembly
{
    /// <summary>Assembles the problem; null when there are mistakes, old or new.</summary>
    public static Problem? Assemble(ProblemDraft draft, Mistakes mistakes)
    {
        if (draft.Model is null)
        {
            CheckWithoutModel(draft, mistakes);
            return null;
        }

        ModelSignature? signature = (draft.Model as ForwardModelBinding)?.Factory.Signature;
        ParameterAssembly parameters = ParameterAssembly.Of(draft.Parameters, draft.Model.Parameters, NamesUsed(draft), mistakes);
        CompiledTarget[] targets = CompileTargets(draft, signature, parameters.NaturalNames, mistakes);
        (int[] rows, string[] recorded, int chosen) = RecordedOutputs.Resolve(draft.Record, signature, mistakes);
        DerivedQuantities? derived = Derive(draft, parameters.NaturalNames, recorded, mistakes);
        MethodChecks.Check(draft.Method, parameters.Parameters, mistakes);
        MethodChecks.Check(draft.Execution, mistakes);
        if (mistakes.Any || parameters.Space is null || derived is null)
        {
            return null;
        }

        return new Problem(new ProblemParts(
            draft.Name,
            draft.Description,
            parameters.Parameters,
            parameters.Space,
            draft.Model,
            LikelihoodOf(draft.Model, parameters.NaturalNames.Count, targets, rows),
            parameters.SampledNames,
            parameters.NaturalNames,
            recorded,
            chosen,
            rows,
            signature,
            derived,
            [.. targets.Select(t => new TargetSummary(t.Definition.Name, t.Definition.Output, t.Data.Length))],
            draft.Method,
            draft.Execution,
            CanonicalDefinition.Lines(draft, parameters.Parameters, recorded),
            CanonicalDefinition.EvaluatedLines(
                draft,
                parameters.NaturalNames.Select(name => parameters.Parameters.First(p => p.Name == name)),
                rows.Select(row => OutputNames.Of(signature!, row))),
            draft.FilesRead,
            draft.Source));
    }

    // Without a model, unknown names cannot be told from known ones; what needs no model is checked all the same.
    private static void CheckWithoutModel(ProblemDraft draft, Mistakes mistakes)
    {
        ModelParameter[] asGiven = [.. draft.Parameters.Select(p => p.Name).Distinct(StringComparer.Ordinal).Select(n => new ModelParameter(n))];
        ParameterAssembly parameters = ParameterAssembly.Of(draft.Parameters, asGiven, [], mistakes);
        MethodChecks.Check(draft.Method, parameters.Parameters, mistakes);
        MethodChecks.Check(draft.Execution, mistakes);
    }

    private static ILikelihoodFactory LikelihoodOf(ModelBinding model, int naturalDimension, CompiledTarget[] targets, int[] rows) =>
        model switch
        {
            ForwardModelBinding forward => new TargetLikelihoodFactory(forward.Factory, naturalDimension, targets, rows),
            LogDensityBinding density => new LogDensityLikelihoodFactory(density.Factory, naturalDimension),
            _ => throw new ArgumentOutOfRangeException(nameof(model), model, "unknown kind of model"),
        };

    private static HashSet<string> NamesUsed(ProblemDraft draft)
    {
        IEnumerable<string?> expressions = draft.Targets
            .SelectMany(t => (string?[])[t.Scale, t.ExtraSigma, t.CovarianceScale])
            .Concat(draft.Derived.Select(d => d.Expression));
        return [.. expressions.OfType<string>().SelectMany(Ties.NamesIn)];
    }

    private static CompiledTarget[] CompileTargets(
        ProblemDraft draft, ModelSignature? signature, IReadOnlyList<string> naturalNames, Mistakes mistakes)
    {
        if (signature is null)
        {
            if (draft.Targets.Count > 0)
            {
                mistakes.Add("targets", "targets of a log density", "none: the model is a density of its own");
            }

            return [];
        }

        if (draft.Targets.Count == 0)
        {
            mistakes.Add("targets", "no targets", "at least one, because the model's outputs must be compared with something");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        List<CompiledTarget> compiled = [];
        foreach (Target target in draft.Targets)
        {
            if (!seen.Add(target.Name))
            {
                mistakes.Add($"targets.{target.Name}", $"a second target '{target.Name}'", "each target once");
            }
            else if (TargetCompiler.Compile(target, signature, naturalNames, mistakes) is { } one)
            {
                compiled.Add(one);
            }
        }

        return [.. compiled];
    }

    private static DerivedQuantities? Derive(
        ProblemDraft draft, IReadOnlyList<string> naturalNames, IReadOnlyList<string> recorded, Mistakes mistakes)
    {
        string[] available = [.. naturalNames, .. recorded];
        HashSet<string> taken = new(available, StringComparer.Ordinal);
        foreach (string clash in recorded.Where(r => naturalNames.Contains(r, StringComparer.Ordinal)))
        {
            mistakes.Add("record", $"'{clash}', which is also a parameter", "another name");
        }

        foreach (DerivedQuantity quantity in draft.Derived)
        {
            string path = $"derived.{quantity.Name}";
            if (!ParameterNames.IsValid(quantity.Name))
            {
                mistakes.Add(path, $"the name '{quantity.Name}'", ParameterNames.Rule);
            }
            else if (!taken.Add(quantity.Name))
            {
                mistakes.Add(path, $"'{quantity.Name}', which is also a parameter, a recorded output or another quantity", "another name");
            }

            try
            {
                Expression.Parse(quantity.Expression).Bind(available);
            }
            catch (ExpressionException mistake)
            {
                mistakes.Add($"{path}.expression", mistake);
            }
        }

        return mistakes.Has("derived") || mistakes.Has("record") ? null : new DerivedQuantities(draft.Derived, naturalNames, recorded);
    }
}
