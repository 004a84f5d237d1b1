namespace Calibrate.Problems.Yaml;

/// <summary>A place in a problem file, or in a <c>--set</c> override, which has no lines.</summary>
/// <param name="File">The file, or <c>--set a.b=c</c>.</param>
/// <param name="Line">Line from 1; 0 in an override.</param>
/// <param name="Column">Character in the line from 1; 0 in an override.</param>
internal readonly record struct Mark(string File, int Line, int Column);

/// <summary>A node of a problem file that remembers where it stands.</summary>
internal abstract class YamlNode(Mark mark)
{
    public Mark Mark { get; } = mark;

    /// <summary>What it is, for "found ...".</summary>
    public abstract string Describe();
}

/// <summary>A single value, not yet interpreted.</summary>
internal sealed class YamlScalar(Mark mark, string text, bool isPlain, bool isSingleLine) : YamlNode(mark)
{
    public string Text { get; } = text;

    /// <summary>Whether it stands without quotes, so that <c>1</c> is a number and <c>true</c> a truth.</summary>
    public bool IsPlain { get; } = isPlain;

    /// <summary>Whether it stands for nothing: an empty value, <c>~</c> or <c>null</c>.</summary>
    public bool IsNothing => IsPlain && Text is "" or "~" or "null";

    /// <summary>The same scalar with more text.</summary>
    public YamlScalar Append(string more) => new(Mark, Text + more, IsPlain, isSingleLine);

    /// <summary>The place of a character of the text.</summary>
    public Mark MarkAt(int offset) => Mark.Line == 0 || !isSingleLine ? Mark : Mark with { Column = Mark.Column + offset + (IsPlain ? 0 : 1) };

    public override string Describe() => IsNothing ? "nothing" : Text.Length <= 60 ? $"'{Text.ReplaceLineEndings(" ")}'" : $"'{Text[..60].ReplaceLineEndings(" ")}...'";
}

/// <summary>A list.</summary>
internal sealed class YamlSequence(Mark mark, List<YamlNode> items) : YamlNode(mark)
{
    public List<YamlNode> Items { get; } = items;

    public override string Describe() => "a list";
}

/// <summary>A mapping; keys differ and keep their order.</summary>
internal sealed class YamlMapping(Mark mark, List<YamlEntry> entries) : YamlNode(mark)
{
    public List<YamlEntry> Entries { get; } = entries;

    /// <summary>The value of a key; null when it is not there.</summary>
    public YamlNode? this[string key] => Entries.Find(e => e.Key == key)?.Value;

    public override string Describe() => "a mapping";
}

/// <summary>One key of a mapping and its value.</summary>
internal sealed record YamlEntry(string Key, Mark KeyMark, YamlNode Value);
