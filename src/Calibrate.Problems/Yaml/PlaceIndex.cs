namespace Calibrate.Problems.Yaml;

/// <summary>Finds the place in the file of a key's path, so that checks of meaning need not carry places around.</summary>
internal sealed class PlaceIndex
{
    private readonly Dictionary<string, (Mark Mark, YamlScalar? Scalar)> places = new(StringComparer.Ordinal);

    public PlaceIndex(YamlNode root)
    {
        places[""] = (root.Mark, null);
        Walk(root, "");
    }

    /// <summary>Gives a mistake its place: that of its key, or of the nearest key above it.</summary>
    public ProblemError Locate(ProblemError error)
    {
        if (error.File is not null)
        {
            return error;
        }

        string path = error.Path;
        while (!places.ContainsKey(path))
        {
            path = Parent(path);
        }

        (Mark mark, YamlScalar? scalar) = places[path];
        if (scalar is not null && error.Offset is { } offset)
        {
            mark = scalar.MarkAt(offset);
        }

        return error with { File = mark.File, Line = mark.Line, Column = mark.Column };
    }

    // A mapping or list is best shown at its key: in block style its own first line is already its first entry.
    private void Walk(YamlNode node, string path)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (YamlEntry entry in mapping.Entries)
                {
                    string entryPath = MappingShape.Join(path, entry.Key);
                    YamlScalar? scalar = entry.Value as YamlScalar;
                    places[entryPath] = (scalar is null ? entry.KeyMark : scalar.Mark, scalar);
                    Walk(entry.Value, entryPath);
                }

                break;
            case YamlSequence list:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    string itemPath = $"{path}[{i}]";
                    places[itemPath] = (list.Items[i].Mark, list.Items[i] as YamlScalar);
                    Walk(list.Items[i], itemPath);
                }

                break;
        }
    }

    private static string Parent(string path) => path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
}
