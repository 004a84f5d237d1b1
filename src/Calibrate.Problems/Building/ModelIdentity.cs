using System.Globalization;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Building;

/// <summary>The canonical lines of a model: its name, its version and its options, with the digests of files in place of paths.</summary>
internal static class ModelIdentity
{
    public static IEnumerable<(string Key, string Value)> Of(IModelDefinition definition, ModelOptions options, IFilesRead? files, ModelBinding binding)
    {
        yield return ("model.name", definition.Name);
        yield return ("model.version", definition.Version.ToString(CultureInfo.InvariantCulture));
        foreach ((string key, string value) in Lines("model.options", definition.Options, options, files))
        {
            yield return (key, value);
        }

        foreach (string line in binding.Identity)
        {
            yield return ("model.identity", line.ReplaceLineEndings(" "));
        }
    }

    private static IEnumerable<(string Key, string Value)> Lines(
        string path, IReadOnlyList<ModelOption> known, ModelOptions options, IFilesRead? files)
    {
        foreach (ModelOption option in known.Where(o => !o.Operational && options.Has(o.Name)))
        {
            string key = $"{path}.{option.Name}";
            if (option.Kind == OptionKind.Mapping)
            {
                foreach ((string Key, string Value) line in Lines(key, option.Options, options.Mapping(option.Name), files))
                {
                    yield return line;
                }
            }
            else
            {
                yield return (key, Text(option, options, files));
            }
        }
    }

    private static string DigestOr(string path, IFilesRead? files) =>
        files is not null && files.Digests.TryGetValue(path, out Fingerprint digest) ? $"sha256:{digest}" : path;

    private static string Text(ModelOption option, ModelOptions options, IFilesRead? files)
    {
        string name = option.Name;
        return option.Kind switch
        {
            OptionKind.Number => NumberText.Of(options.Number(name)),
            OptionKind.Integer => options.Integer(name).ToString(CultureInfo.InvariantCulture),
            OptionKind.Boolean => options.Boolean(name) ? "true" : "false",
            OptionKind.Text or OptionKind.Choice => options.Text(name),
            OptionKind.File => DigestOr(options.Text(name), files),
            OptionKind.NumberList => string.Join(' ', options.Numbers(name).Select(NumberText.Of)),
            OptionKind.NumberMatrix => string.Join("; ", options.Matrix(name).Select(row => string.Join(' ', row.Select(NumberText.Of)))),
            OptionKind.TextList => string.Join(", ", options.Texts(name)),
            OptionKind.FileList => string.Join(", ", options.Texts(name).Select(path => DigestOr(path, files))),
            OptionKind.Duration => NumberText.Of(options.Duration(name).TotalSeconds),
            OptionKind.Axes => string.Join("; ", options.Axes(name).Select(output => output.Axis is { } axis
                ? $"{output.Name}: {string.Join(' ', axis.Select(NumberText.Of))}"
                : output.Name)),
            OptionKind.TextMapping => string.Join(", ", options.TextMapping(name)
                .OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}: {t.Value}")),
            _ => throw new ArgumentOutOfRangeException(nameof(option), option.Kind, "unknown kind of option"),
        };
    }
}
