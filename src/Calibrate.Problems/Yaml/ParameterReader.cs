using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Expressions;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Yaml;

/// <summary>Reads the parameters of a problem file.</summary>
internal sealed class ParameterReader(Mistakes mistakes)
{
    /// <summary>Reads all parameters.</summary>
    /// <param name="section">The mapping under <c>parameters</c>.</param>
    /// <param name="modelParameters">The model's parameters, which keys such as <c>x*</c> stand for; null without a model.</param>
    public IEnumerable<Parameter> Read(Section section, IReadOnlyList<ModelParameter>? modelParameters)
    {
        HashSet<string> named = [.. section.Entries.Select(e => e.Key)];
        foreach (YamlEntry entry in section.Entries)
        {
            string path = section.PathOf(entry.Key);

            // a parameter with mistakes is still there, so that others can refer to it; the problem is refused anyway
            Parameter parameter = ReadOne(entry, path) ?? Parameter.Free(entry.Key, new Normal(0, 1));
            if (!entry.Key.EndsWith('*'))
            {
                yield return parameter;
                continue;
            }

            string prefix = entry.Key[..^1];
            Parameter[] matching =
            [
                .. (modelParameters ?? [])
                    .Where(m => m.Name.StartsWith(prefix, StringComparison.Ordinal) && named.Add(m.Name))
                    .Select(m => parameter with { Name = m.Name }),
            ];
            if (matching.Length == 0 && modelParameters is not null)
            {
                mistakes.Add(path, $"'{entry.Key}', which stands for no parameter", $"parameters of the model: {string.Join(", ", modelParameters.Select(m => m.Name))}");
            }

            foreach (Parameter one in matching)
            {
                yield return one;
            }
        }
    }

    private Parameter? ReadOne(YamlEntry entry, string path)
    {
        if (entry.Value is YamlScalar scalar)
        {
            return Scalars.TryConstant(scalar, out double value)
                ? Parameter.Fixed(entry.Key, value)
                : ReadPriorText(scalar, path) is { } prior ? Parameter.Free(entry.Key, prior) : null;
        }

        Section keys = new(entry.Value as YamlMapping, path);
        string? tie = keys.Text("tie");
        double? fixedValue = keys.Constant("value");
        IDistribution? distribution = keys.Node("prior") is { } node ? ReadPrior(node, keys.PathOf("prior")) : null;
        if (tie is null && fixedValue is null && distribution is null && !mistakes.Has(path))
        {
            mistakes.Add(path, "no prior", "prior, value or tie (prior: flat for none)");
        }

        if (mistakes.Has(path))
        {
            return null;
        }

        return new Parameter(entry.Key)
        {
            Prior = distribution,
            Bounds = keys.Period("bounds") ?? Support.RealLine,
            Transform = keys.Text("transform") switch
            {
                "log" => ParameterTransform.Log,
                "logit" => ParameterTransform.Logit,
                _ => ParameterTransform.None,
            },
            Tie = tie,
            Value = fixedValue,
            Unit = keys.Text("unit"),
            Label = keys.Text("label"),
        };
    }

    private IDistribution? ReadPrior(YamlNode node, string path) => node switch
    {
        YamlScalar scalar => ReadPriorText(scalar, path),
        YamlMapping mapping => ReadPriorMapping(mapping, path),
        _ => null,
    };

    private IDistribution? ReadPriorText(YamlScalar scalar, string path)
    {
        try
        {
            return PriorText.Read(scalar.Text);
        }
        catch (ExpressionException mistake)
        {
            mistakes.Add(path, mistake);
            return null;
        }
    }

    private IDistribution? ReadPriorMapping(YamlMapping mapping, string path)
    {
        if (mapping.Entries.Count != 1)
        {
            mistakes.Add(path, $"{mapping.Entries.Count} keys", "one distribution, as in { normal: { mean: 8, sd: 1.5 } }");
            return null;
        }

        YamlEntry entry = mapping.Entries[0];
        string entryPath = $"{path}.{entry.Key}";
        try
        {
            DistributionDefinition definition = PriorText.Find(entry.Key, 0);
            return ReadNamedArguments(definition, entry, entryPath) is { } arguments
                ? PriorText.Create(definition, arguments, 0, $"{definition.Name}({string.Join(", ", arguments)})")
                : null;
        }
        catch (ExpressionException mistake)
        {
            mistakes.Add(entryPath, mistake.Found, mistake.Expected, mistake.Suggestion);
            return null;
        }
    }

    private double[]? ReadNamedArguments(DistributionDefinition definition, YamlEntry entry, string path)
    {
        if (entry.Value is not YamlMapping given)
        {
            mistakes.Add(path, entry.Value.Describe(), $"a mapping with {string.Join(", ", definition.Parameters.Select(p => p.Name))}");
            return null;
        }

        double?[] arguments = new double?[definition.Parameters.Count];
        foreach (YamlEntry argument in given.Entries)
        {
            int index = definition.IndexOf(argument.Key);
            string argumentPath = $"{path}.{argument.Key}";
            if (index < 0)
            {
                string[] names = [.. definition.Parameters.Select(p => p.Name)];
                mistakes.Add(argumentPath, $"the unknown key '{argument.Key}'", $"one of {string.Join(", ", names)}", Suggestion.Nearest(argument.Key, names));
            }
            else if (arguments[index] is not null)
            {
                mistakes.Add(argumentPath, $"'{definition.Parameters[index].Name}' a second time", "each parameter once");
            }
            else if (argument.Value is YamlScalar scalar && Scalars.TryConstant(scalar, out double value))
            {
                arguments[index] = value;
            }
            else
            {
                mistakes.Add(argumentPath, argument.Value.Describe(), "a number");
            }
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is null && !mistakes.Has(path))
            {
                mistakes.Add(path, $"no key '{definition.Parameters[i].Name}'", $"'{definition.Parameters[i].Name}': {definition.Parameters[i].Meaning}");
            }
        }

        return mistakes.Has(path) ? null : Array.ConvertAll(arguments, a => a!.Value);
    }
}
