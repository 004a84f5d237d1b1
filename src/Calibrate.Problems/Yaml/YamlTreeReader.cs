using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Calibrate.Problems.Yaml;

/// <summary>
/// Reads one YAML document into nodes with marks. Tags, merge keys, further documents, deep nesting and aliases that
/// explode are refused: a problem file needs none of them, and a hostile file lives on them.
/// </summary>
internal sealed class YamlTreeReader
{
    private const int DepthLimit = 32;

    /// <summary>Most nodes that aliases may stand for in total.</summary>
    private const int AliasedNodeLimit = 10_000;

    private readonly string file;
    private readonly Parser parser;
    private readonly Mistakes mistakes;
    private readonly Dictionary<string, (YamlNode Node, int Size)> anchors = new(StringComparer.Ordinal);
    private int nodes;
    private int aliasedNodes;
    private int depth;

    private YamlTreeReader(string file, string text, Mistakes mistakes)
    {
        this.file = file;
        this.mistakes = mistakes;
        parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a document; null when it is so broken that nothing else can be checked.</summary>
    public static YamlNode? Read(string file, string text, Mistakes mistakes)
    {
        try
        {
            return new YamlTreeReader(file, text, mistakes).ReadDocument();
        }
        catch (YamlException exception)
        {
            Add(mistakes, "", MarkOf(file, exception.End), $"a syntax error ({OneLine(exception.Message)})", "valid YAML");
            return null;
        }
        catch (RefusedException refused)
        {
            Add(mistakes, "", refused.Mark, refused.Found, refused.Expected);
            return null;
        }
    }

    private YamlNode? ReadDocument()
    {
        Take<StreamStart>();
        if (parser.Current is StreamEnd)
        {
            mistakes.Add(new ProblemError("", "an empty file", "a problem") { File = file, Line = 1, Column = 1 });
            return null;
        }

        Take<DocumentStart>();
        YamlNode root = ReadNode("");
        Take<DocumentEnd>();
        return parser.Current is DocumentStart second
            ? throw new RefusedException(MarkOf(second), "a second document", "one problem per file")
            : root;
    }

    private YamlNode ReadNode(string path)
    {
        ParsingEvent current = parser.Current!;
        if (current is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            throw new RefusedException(MarkOf(current), $"the tag '{tagged.Tag.Value}'", "plain values: tags are not allowed");
        }

        if (++depth > DepthLimit)
        {
            throw new RefusedException(MarkOf(current), $"more than {DepthLimit} levels", "a flatter file");
        }

        int before = nodes++;
        YamlNode node = current switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart sequence => ReadSequence(sequence, path),
            MappingStart mapping => ReadMapping(mapping, path),
            AnchorAlias alias => ReadAlias(alias),
            _ => throw new RefusedException(MarkOf(current), current.GetType().Name, "a value"),
        };
        depth--;
        if (current is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            anchors[anchored.Anchor.Value] = (node, nodes - before);
        }

        return node;
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        Advance();
        return new YamlScalar(
            MarkOf(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain, scalar.Start.Line == scalar.End.Line);
    }

    private YamlSequence ReadSequence(SequenceStart start, string path)
    {
        Advance();
        List<YamlNode> items = [];
        while (parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode($"{path}[{items.Count}]"));
        }

        Advance();
        return new YamlSequence(MarkOf(start), items);
    }

    private YamlMapping ReadMapping(MappingStart start, string path)
    {
        Advance();
        List<YamlEntry> entries = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        while (parser.Current is not MappingEnd)
        {
            if (parser.Current is not Scalar key || !key.Tag.IsEmpty)
            {
                throw new RefusedException(MarkOf(parser.Current!), "a key that is not a plain word", "a word");
            }

            Advance();
            string name = key.Value;
            string keyPath = path.Length == 0 ? name : $"{path}.{name}";
            YamlNode value = ReadNode(keyPath);
            if (name == "<<")
            {
                throw new RefusedException(MarkOf(key), "a merge key '<<'", "the keys themselves");
            }

            if (start.Style == MappingStyle.Flow && TryJoin(entries, key, value))
            {
                continue;
            }

            if (keys.Add(name))
            {
                entries.Add(new YamlEntry(name, MarkOf(key), value));
            }
            else
            {
                Add(mistakes, keyPath, MarkOf(key), $"the key '{name}' a second time", "each key once");
            }
        }

        Advance();
        return new YamlMapping(MarkOf(start), entries);
    }

    // In { prior: normal(0, 1) } YAML ends the value at the comma and takes "1)" for a key without a value. Nobody means
    // that: while a parenthesis is open, such keys are put back where they came from.
    private static bool TryJoin(List<YamlEntry> entries, Scalar key, YamlNode value)
    {
        if (entries.Count == 0
            || key.Style != ScalarStyle.Plain
            || value is not YamlScalar { IsPlain: true, Text: "" }
            || entries[^1].Value is not YamlScalar { IsPlain: true } open
            || open.Text.Count(c => c == '(') <= open.Text.Count(c => c == ')'))
        {
            return false;
        }

        entries[^1] = entries[^1] with { Value = open.Append(", " + key.Value) };
        return true;
    }

    // An alias stands for the very node it names, so the tree stays small; what would explode is walking it.
    private YamlNode ReadAlias(AnchorAlias alias)
    {
        Advance();
        if (!anchors.TryGetValue(alias.Value.Value, out (YamlNode Node, int Size) anchored))
        {
            throw new RefusedException(MarkOf(alias), $"the alias '*{alias.Value.Value}'", "an anchor before it");
        }

        nodes += anchored.Size;
        aliasedNodes += anchored.Size;
        return aliasedNodes <= AliasedNodeLimit
            ? anchored.Node
            : throw new RefusedException(MarkOf(alias), $"aliases that stand for more than {AliasedNodeLimit} values", "fewer aliases");
    }

    private void Take<T>()
        where T : ParsingEvent
    {
        if (parser.Current is null)
        {
            Advance();
        }

        if (parser.Current is not T)
        {
            throw new RefusedException(MarkOf(parser.Current!), parser.Current!.GetType().Name, typeof(T).Name);
        }

        Advance();
    }

    // The scanner of YamlDotNet 16.3 stumbles over some broken texts with exceptions of its own making (InvalidOperation,
    // for one): to the user they are syntax errors like any other.
    private void Advance()
    {
        Mark last = parser.Current is { } current ? new Mark(file, (int)current.End.Line, (int)current.End.Column) : new Mark(file, 1, 1);
        try
        {
            parser.MoveNext();
        }
        catch (Exception exception) when (exception is not YamlException)
        {
            throw new RefusedException(last, "a syntax error after this place", "valid YAML");
        }
    }

    private Mark MarkOf(ParsingEvent parsed) => MarkOf(file, parsed.Start);

    private static Mark MarkOf(string file, YamlDotNet.Core.Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    private static void Add(Mistakes mistakes, string path, Mark mark, string found, string expected) =>
        mistakes.AddAll([new ProblemError(path, found, expected) { File = mark.File, Line = mark.Line, Column = mark.Column }]);

    private static string OneLine(string message) => char.ToLowerInvariant(message[0]) + message[1..].ReplaceLineEndings(" ").TrimEnd('.');

    private sealed class RefusedException(Mark mark, string found, string expected) : Exception(found)
    {
        public Mark Mark { get; } = mark;

        public string Found { get; } = found;

        public string Expected { get; } = expected;
    }
}
