using System.Text;
using Calibrate.Problems.Models;

namespace Calibrate.Models.FileModels;

/// <summary>
/// Reads the observations from one output file by following its instructions, as PEST does (Doherty, PEST user manual, "Instruction files", and the module MIO that
/// PEST and PEST++ shared). Columns count bytes, and a tab goes on to the next of columns 9, 17, 25, ...
/// </summary>
internal sealed class OutputFileReader
{
    private const int TabWidth = 8;

    private readonly InstructionFile file;
    private readonly string name;
    private readonly string[] lines;
    private int line = -1;
    private string current = "";
    private int lineOfCurrent = -1;

    // Columns of the line that are passed: what comes next is looked for behind them.
    private int cursor;

    private OutputFileReader(InstructionFile file, string name, ReadOnlySpan<byte> bytes)
    {
        this.file = file;
        this.name = name;
        string text = Encoding.Latin1.GetString(bytes);
        lines = text.Split('\n');
        if (lines[^1].Length == 0)
        {
            lines = lines[..^1];
        }
    }

    /// <summary>Reads the observations in the order of the instructions.</summary>
    /// <param name="file">The instructions.</param>
    /// <param name="name">The output file's path, for messages.</param>
    /// <param name="bytes">What stands in the output file.</param>
    /// <param name="values">Receives one value per observation.</param>
    /// <exception cref="ModelException">The output is not as the instructions expect.</exception>
    public static void Read(InstructionFile file, string name, ReadOnlySpan<byte> bytes, Span<double> values)
    {
        OutputFileReader reader = new(file, name, bytes);
        int next = 0;
        IReadOnlyList<Instruction> all = file.Instructions;
        for (int i = 0; i < all.Count; i++)
        {
            Instruction one = all[i];
            switch (one.Kind)
            {
                case InstructionKind.PrimaryMarker:
                    i = reader.Find(i);
                    break;
                case InstructionKind.Advance:
                    reader.Advance(one);
                    break;
                case InstructionKind.SecondaryMarker:
                    if (!reader.TryPass(one.Text))
                    {
                        throw reader.Fail(one, $"no '{one.Text}' behind column {reader.cursor}");
                    }

                    break;
                case InstructionKind.WhiteSpace:
                    reader.NextWord(one);
                    break;
                case InstructionKind.Tab:
                    reader.MoveTo(one);
                    break;
                case InstructionKind.DummyColumns:
                    reader.cursor = Math.Min(one.Last, reader.Current.Length);
                    break;
                case InstructionKind.Fixed:
                    values[next++] = reader.Fixed(one);
                    break;
                case InstructionKind.SemiFixed:
                    values[next++] = reader.SemiFixed(one);
                    break;
                case InstructionKind.NonFixed:
                    values[next++] = reader.Number(one, reader.Word(one, i + 1 < all.Count ? all[i + 1] : default));
                    break;
                case InstructionKind.Dummy:
                    reader.Word(one, i + 1 < all.Count ? all[i + 1] : default);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(file), one.Kind, "unknown instruction");
            }
        }
    }

    private string Current
    {
        get
        {
            if (lineOfCurrent != line)
            {
                current = WithoutTabs(lines[line].TrimEnd('\r'));
                lineOfCurrent = line;
            }

            return current;
        }
    }

    private static string WithoutTabs(string text)
    {
        if (!text.Contains('\t', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder wide = new();
        foreach (char c in text)
        {
            wide.Append(c == '\t' ? ' ' : c);
            while (c == '\t' && wide.Length % TabWidth != 0)
            {
                wide.Append(' ');
            }
        }

        return wide.ToString();
    }

    // Markers that follow at once belong to the search: a line that has the first but not the others is not the one.
    private int Find(int first)
    {
        Instruction primary = file.Instructions[first];
        int last = first;
        while (last + 1 < file.Instructions.Count && file.Instructions[last + 1].Kind == InstructionKind.SecondaryMarker)
        {
            last++;
        }

        int from = line + 1;
        for (line = from; line < lines.Length; line++)
        {
            cursor = 0;
            int passed = first;
            while (passed <= last && TryPass(file.Instructions[passed].Text))
            {
                passed++;
            }

            if (passed > last)
            {
                return last;
            }
        }

        line = lines.Length - 1;
        throw Fail(primary, $"no line with '{primary.Text}' from line {from + 1} to the end");
    }

    private void Advance(Instruction one)
    {
        long wanted = (long)line + one.First;
        if (wanted >= lines.Length)
        {
            line = lines.Length - 1;
            throw Fail(one, $"the end of the file, expected a line {wanted + 1}");
        }

        line = (int)wanted;
        cursor = 0;
    }

    private void MoveTo(Instruction tab)
    {
        if (tab.First < cursor)
        {
            throw Fail(tab, $"column {tab.First} passed already, expected it behind column {cursor}");
        }

        cursor = tab.First <= Current.Length ? tab.First : throw Fail(tab, $"{Current.Length} columns, expected a column {tab.First}");
    }

    private bool TryPass(string text)
    {
        int at = cursor > Current.Length ? -1 : Current.IndexOf(text, cursor, StringComparison.Ordinal);
        if (at >= 0)
        {
            cursor = at + text.Length;
        }

        return at >= 0;
    }

    private void NextWord(Instruction one)
    {
        string text = Current;
        int at = cursor;
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        cursor = at < text.Length ? at : throw Fail(one, "the end of the line, expected a word after white space");
    }

    private double Fixed(Instruction one)
    {
        string text = Current;
        if (text.Length < one.First)
        {
            throw Fail(one, $"{text.Length} columns, expected {one.Text} in {one.First}:{one.Last}");
        }

        cursor = Math.Min(one.Last, text.Length);
        return Number(one, text[(one.First - 1)..cursor]);
    }

    private double SemiFixed(Instruction one)
    {
        string text = Current;
        int at = one.First - 1;
        while (at < Math.Min(one.Last, text.Length) && IsBetweenWords(text[at]))
        {
            at++;
        }

        if (at >= Math.Min(one.Last, text.Length))
        {
            throw Fail(one, $"nothing in columns {one.First}:{one.Last}, expected {one.Text}");
        }

        int start = at;
        while (start > 0 && !IsBetweenWords(text[start - 1]))
        {
            start--;
        }

        while (at < text.Length && !IsBetweenWords(text[at]))
        {
            at++;
        }

        cursor = at;
        return Number(one, text[start..at]);
    }

    private string Word(Instruction one, Instruction next)
    {
        string text = Current;
        int start = cursor;
        while (start < text.Length && IsBetweenWords(text[start]))
        {
            start++;
        }

        if (start >= text.Length)
        {
            throw Fail(one, $"the end of the line, expected {one.Text}");
        }

        int end = start;
        while (end < text.Length && !IsBetweenWords(text[end]))
        {
            end++;
        }

        // A marker may stand right behind a number: 12.5m with !x! ~m~.
        int mark = next.Kind == InstructionKind.SecondaryMarker ? text.IndexOf(next.Text, start, end - start, StringComparison.Ordinal) : -1;
        cursor = mark > start ? mark : end;
        return text[start..cursor];
    }

    private double Number(Instruction one, string text) => FortranNumber.TryParse(text, out double value)
        ? value
        : throw Fail(one, $"'{text.Trim()}', expected the number {one.Text}");

    private static bool IsBetweenWords(char c) => char.IsWhiteSpace(c) || c == ',';

    private ModelException Fail(Instruction one, string found) =>
        new(FormattableString.Invariant($"{name}:{line + 1}: found {found} ({file.Path}:{one.Line})"));
}
