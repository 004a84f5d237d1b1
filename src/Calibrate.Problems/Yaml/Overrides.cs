using System.Globalization;

namespace Calibrate.Problems.Yaml;

/// <summary>Applies <c>--set a.b=c</c> to the tree of a problem file before it is checked.</summary>
internal static class Overrides
{
    /// <summary>Applies overrides in order; each mistake names the override.</summary>
    /// <param name="root">The tree, changed in place.</param>
    /// <param name="overrides">The overrides, each <c>a.b=c</c>; the value is YAML, and list items are chosen by index.</param>
    /// <param name="mistakes">Receives the mistakes.</param>
    public static void Apply(YamlMapping root, IReadOnlyList<string> overrides, Mistakes mistakes)
    {
        foreach (string text in overrides)
        {
            Mark mark = new($"--set {text}", 0, 0);
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            string[] keys = equals <= 0 ? [] : text[..equals].Trim().Split('.');
            if (keys.Length == 0 || keys.Any(k => k.Length == 0))
            {
                Add(mistakes, mark, "", $"'{text}'", "key=value, such as method.iterations=2000");
            }
            else if (ReadValue(text[(equals + 1)..], mark, mistakes) is { } value)
            {
                Set(root, keys, value, mark, mistakes);
            }
        }
    }

    private static YamlNode? ReadValue(string text, Mark mark, Mistakes mistakes)
    {
        if (text.Trim().Length == 0)
        {
            return new YamlScalar(mark, "", isPlain: true, isSingleLine: true);
        }

        Mistakes own = new();
        YamlNode? node = YamlTreeReader.Read(mark.File, text, own);
        foreach (ProblemError error in own.Errors)
        {
            Add(mistakes, mark, error.Path, error.Found, error.Expected);
        }

        return node is null ? null : Remark(node, mark);
    }

    // Lines and columns of an override would be those of its value alone, which helps nobody.
    private static YamlNode Remark(YamlNode node, Mark mark) => node switch
    {
        YamlScalar scalar => new YamlScalar(mark, scalar.Text, scalar.IsPlain, isSingleLine: true),
        YamlSequence list => new YamlSequence(mark, [.. list.Items.Select(i => Remark(i, mark))]),
        YamlMapping mapping => new YamlMapping(mark, [.. mapping.Entries.Select(e => new YamlEntry(e.Key, mark, Remark(e.Value, mark)))]),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "unknown kind of node"),
    };

    private static void Set(YamlMapping root, string[] keys, YamlNode value, Mark mark, Mistakes mistakes)
    {
        YamlNode current = root;
        for (int i = 0; i < keys.Length; i++)
        {
            string key = keys[i];
            bool isLast = i == keys.Length - 1;
            string path = string.Join('.', keys[..i]);
            switch (current)
            {
                case YamlMapping mapping:
                    YamlNode? existing = mapping[keys[i]];
                    if (isLast || existing is null or YamlScalar { IsNothing: true })
                    {
                        existing = isLast ? value : new YamlMapping(mark, []);
                        Replace(mapping, keys[i], existing, mark);
                    }
                    else
                    {
                        existing = OwnCopy(existing);
                        int at = mapping.Entries.FindIndex(e => e.Key == key);
                        mapping.Entries[at] = mapping.Entries[at] with { Value = existing };
                    }

                    current = existing;
                    break;
                case YamlSequence list when int.TryParse(keys[i], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Items.Count:
                    list.Items[index] = isLast ? value : OwnCopy(list.Items[index]);
                    current = list.Items[index];
                    break;
                case YamlSequence list:
                    Add(mistakes, mark, path, $"the index '{keys[i]}'", $"a number from 0 to {list.Items.Count - 1}");
                    return;
                default:
                    Add(mistakes, mark, path, current.Describe(), $"a mapping with a key '{keys[i]}'");
                    return;
            }
        }
    }

    // Aliases share nodes: what one path changes must not change under another.
    private static YamlNode OwnCopy(YamlNode node) => node switch
    {
        YamlMapping mapping => new YamlMapping(mapping.Mark, [.. mapping.Entries]),
        YamlSequence list => new YamlSequence(list.Mark, [.. list.Items]),
        _ => node,
    };

    private static void Replace(YamlMapping mapping, string key, YamlNode value, Mark mark)
    {
        YamlEntry entry = new(key, mark, value);
        int index = mapping.Entries.FindIndex(e => e.Key == key);
        if (index < 0)
        {
            mapping.Entries.Add(entry);
        }
        else
        {
            mapping.Entries[index] = entry;
        }
    }

    private static void Add(Mistakes mistakes, Mark mark, string path, string found, string expected) =>
        mistakes.AddAll([new ProblemError(path, found, expected) { File = mark.File }]);
}
