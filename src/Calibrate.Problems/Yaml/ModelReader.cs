using Calibrate.Problems.Building;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Yaml;

/// <summary>Makes the model that a problem file names.</summary>
internal sealed class ModelReader(IModelCatalog catalog, IDataFiles files, Mistakes mistakes)
{
    /// <summary>Makes the model and adds its canonical lines; leaves the draft without a model when there are mistakes.</summary>
    public void Read(Section root, ProblemDraft draft)
    {
        Section model = root.Child("model");
        IModelDefinition? definition = DirectModels.Find(catalog, model.Entries.Select(e => e.Key));
        string? name = definition?.Name ?? root.Text("model") ?? model.Text("name");
        if (mistakes.Has("model") || name is null || (definition is null && !catalog.TryGet(name, out definition)))
        {
            return;
        }

        if (root.Text("model") is not null && definition.Options.FirstOrDefault(o => o.Required) is { } required)
        {
            mistakes.Add("model", $"'{name}' without options", definition.IsDirect
                ? $"a mapping with '{required.Name}': {required.Description}"
                : $"options with '{required.Name}': {required.Description}");
            return;
        }

        Section section = definition.IsDirect ? model : model.Child("options");
        try
        {
            ModelOptions options = new(Values(definition.Options, section), section.Path);
            draft.Model = definition.Create(options, files, ContextOf(root) with { Introduction = draft.Source?.Introduction });
            draft.ModelCode.Add(definition.GetType().Module);
            draft.ModelIdentity.AddRange(ModelIdentity.Of(definition, options, files as IFilesRead, draft.Model));
        }
        catch (ModelOptionException mistake)
        {
            mistakes.Add(new ProblemError(mistake.Path, mistake.Found, mistake.Expected) { Suggestion = mistake.Suggestion, Offset = mistake.Offset });
        }
        catch (DataFileException mistake)
        {
            mistakes.Add(KeyOfFile(definition.Options, section, mistake.Path) ?? section.Path, mistake);
        }
        catch (ArgumentException refusal)
        {
            mistakes.Add(section.Path, $"options that {name} refuses ({refusal.Message.ReplaceLineEndings(" ")})", definition.Description);
        }
    }

    // A key that stands for several parameters names none.
    private static ModelContext ContextOf(Section root) =>
        new([.. root.Child("parameters").Entries.Select(e => e.Key).Where(key => !key.EndsWith('*'))]);

    private static Dictionary<string, object> Values(IReadOnlyList<ModelOption> options, Section section)
    {
        Dictionary<string, object> values = new(StringComparer.Ordinal);
        foreach (ModelOption option in options)
        {
            if (section.Has(option.Name) && ValueOf(option, section) is { } value)
            {
                values[option.Name] = value;
            }
        }

        return values;
    }

    private static object? ValueOf(ModelOption option, Section section)
    {
        string name = option.Name;
        return option.Kind switch
        {
            OptionKind.Number => section.Constant(name),
            OptionKind.Integer => section.Integer(name),
            OptionKind.Boolean => section.Text(name) == "true",
            OptionKind.Text or OptionKind.Choice or OptionKind.File => section.Text(name),
            OptionKind.NumberList => section.Numbers(name),
            OptionKind.NumberMatrix => section.Node(name) is YamlSequence rows
                ? rows.Items.Select(r => Section.NumbersOf(r) ?? []).ToArray()
                : null,
            OptionKind.Duration => section.Duration(name),
            OptionKind.Axes => AxesText.Read(section.Child(name)),
            OptionKind.TextList or OptionKind.FileList => section.Node(name) is YamlSequence list
                ? list.Items.OfType<YamlScalar>().Select(s => s.Text).ToArray()
                : null,
            OptionKind.Mapping => new ModelOptions(Values(option.Options, section.Child(name)), section.PathOf(name)),
            OptionKind.TextMapping => TextsByName(section.Child(name)),
            _ => throw new ArgumentOutOfRangeException(nameof(option), option.Kind, "unknown kind of option"),
        };
    }

    private static IReadOnlyDictionary<string, string> TextsByName(Section section) => section.Entries
        .Where(e => e.Value is YamlScalar)
        .ToDictionary(e => e.Key, e => ((YamlScalar)e.Value).Text, StringComparer.Ordinal);

    // A model only knows the file it read; the key that named the file is the place the user can change.
    private static string? KeyOfFile(IReadOnlyList<ModelOption> options, Section section, string file)
    {
        foreach (ModelOption option in options)
        {
            if ((option.Kind == OptionKind.File && section.Text(option.Name) == file)
                || (option.Kind == OptionKind.FileList && ValueOf(option, section) is string[] listed && listed.Contains(file, StringComparer.Ordinal)))
            {
                return section.PathOf(option.Name);
            }

            if (option.Kind == OptionKind.Mapping && KeyOfFile(option.Options, section.Child(option.Name), file) is { } nested)
            {
                return nested;
            }
        }

        return null;
    }
}
