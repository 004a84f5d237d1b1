using Calibrate.Problems.Building;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Yaml;

/// <summary>Reads the text of a problem file. Pure: data files come through <see cref="IDataFiles"/>.</summary>
internal sealed class ProblemReader(IModelCatalog catalog, IDataFiles files)
{
    /// <summary>Reads a problem; null with all mistakes when there are any.</summary>
    /// <param name="source">The file's path, text and overrides.</param>
    /// <param name="displayPath">The path to show in messages.</param>
    /// <param name="defaultName">The problem's name when the file gives none.</param>
    /// <param name="errors">Receives the mistakes in the order of the file.</param>
    public Problem? Read(ProblemSource source, string displayPath, string defaultName, out IReadOnlyList<ProblemError> errors)
    {
        Mistakes mistakes = new();
        YamlNode? root = YamlTreeReader.Read(displayPath, source.Text, mistakes);
        if (root is YamlMapping mapping)
        {
            Overrides.Apply(mapping, source.Overrides, mistakes);
        }

        Problem? problem = null;
        PlaceIndex? places = null;
        if (root is not null)
        {
            places = new PlaceIndex(root);
            problem = ReadTree(root, source, defaultName, mistakes);
        }

        errors =
        [
            .. mistakes.Errors.Select(e => places?.Locate(e) ?? e)
                .Distinct()
                .OrderBy(e => e.Line).ThenBy(e => e.Column),
        ];
        return errors.Count == 0 ? problem : null;
    }

    private Problem? ReadTree(YamlNode root, ProblemSource source, string defaultName, Mistakes mistakes)
    {
        ProblemShapes.Root(catalog).Check(root, "", new ShapeMistakes(mistakes));
        if (root is not YamlMapping mapping)
        {
            return null;
        }

        Section top = new(mapping, "");
        ProblemDraft draft = new()
        {
            Name = top.Text("name") ?? defaultName,
            Description = top.Text("description"),
            Source = source,
        };
        new ModelReader(catalog, files, mistakes).Read(top, draft);
        draft.Source = source with { Introduction = draft.Model?.Introduction };
        draft.Parameters.AddRange(new ParameterReader(mistakes).Read(top.Child("parameters"), draft.Model?.Parameters));
        ReadTargets(top, draft, mistakes);
        draft.Derived.AddRange(top.Child("derived").Entries.Select(e => ReadDerived(e, top.Child("derived").PathOf(e.Key), mistakes)).OfType<DerivedQuantity>());
        draft.Record.AddRange(ReadRecord(top.Node("record")));
        MethodReader methods = new(files, mistakes);
        string[] free = [.. draft.Parameters.Where(p => p.Role == ParameterRole.Free).Select(p => p.Name)];
        draft.Method = methods.Read(top.Child("method"), free);
        draft.Execution = MethodReader.ReadExecution(top.Child("execution"));
        if (files is IFilesRead read)
        {
            draft.FileDigests = read.Digests;
            draft.FilesRead = read.Contents;
        }

        return ProblemAssembly.Assemble(draft, mistakes);
    }

    private void ReadTargets(Section top, ProblemDraft draft, Mistakes mistakes)
    {
        Section targets = top.Child("targets");
        TargetReader reader = new(files, mistakes);
        foreach (YamlEntry entry in targets.Entries)
        {
            draft.Targets.Add(reader.Read(entry.Key, new Section(entry.Value as YamlMapping, targets.PathOf(entry.Key))));
        }
    }

    private static DerivedQuantity? ReadDerived(YamlEntry entry, string path, Mistakes mistakes)
    {
        if (mistakes.Has(path))
        {
            return null;
        }

        if (entry.Value is YamlScalar scalar)
        {
            return new DerivedQuantity(entry.Key, scalar.Text);
        }

        Section keys = new(entry.Value as YamlMapping, path);
        return new DerivedQuantity(entry.Key, keys.Text("expression") ?? "")
        {
            Unit = keys.Text("unit"),
            Label = keys.Text("label"),
        };
    }

    private static IEnumerable<RecordEntry> ReadRecord(YamlNode? node)
    {
        if (node is YamlScalar { Text: RecordedOutputs.Everything } all)
        {
            yield return new RecordEntry(all.Text);
        }

        foreach (YamlNode item in (node as YamlSequence)?.Items ?? [])
        {
            if (item is YamlScalar scalar)
            {
                yield return new RecordEntry(scalar.Text);
            }
            else if (item is YamlMapping mapping)
            {
                Section keys = new(mapping, "");
                yield return new RecordEntry(keys.Text("output") ?? "", keys.Text("name"));
            }
        }
    }
}
