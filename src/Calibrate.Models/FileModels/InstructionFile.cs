using System.Globalization;
using System.Text;
using Calibrate.Problems.Data;

namespace Calibrate.Models.FileModels;

/// <summary>
/// How an output file is read, as users of PEST write it (Doherty, PEST user manual, "Instruction files"): the first line <c>pif ~</c> tells the marker, and every
/// other begins with <c>~text~</c> or <c>l1</c>, or with <c>&amp;</c> when it carries on the one before.
/// </summary>
internal sealed class InstructionFile
{
    private const string Dummy = "dum";
    private readonly string path;
    private readonly List<Instruction> instructions = [];

    private InstructionFile(string path) => this.path = path;

    /// <summary>Its path, for messages.</summary>
    public string Path => path;

    /// <summary>The instructions in their order.</summary>
    public IReadOnlyList<Instruction> Instructions => instructions;

    /// <summary>The names of the observations in the order of the instructions.</summary>
    public IEnumerable<string> Observations => instructions.Where(i => i.Observes).Select(i => i.Text);

    /// <summary>Parses an instruction file.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="bytes">What stands in it.</param>
    /// <exception cref="DataFileException">It is no instruction file.</exception>
    public static InstructionFile Parse(string path, ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        char marker = MarkerLine.Read(path, text, ["pif", "jif"], out int start);
        InstructionFile file = new(path);
        int number = 2;
        foreach (string line in text[start..].Split('\n'))
        {
            file.ParseLine(line.TrimEnd(), number++, marker);
        }

        return file.Observations.Any()
            ? file
            : throw new DataFileException(path, 0, 0, "no observation", "at least one, such as !name!");
    }

    private void ParseLine(string line, int number, char marker)
    {
        bool first = true;
        for (int at = 0; at < line.Length;)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }

            if (first && line[at] == '&')
            {
                if (instructions.Count == 0)
                {
                    throw Refuse(number, at, "'&' before any instruction", "a line to carry on");
                }

                at++;
            }
            else
            {
                Instruction instruction = ParseOne(line, number, marker, first, ref at);
                if (instruction.MovesOn != first)
                {
                    throw Refuse(
                        number, at, first ? "a line that stays where it is" : "a second move to another line",
                        first ? $"{marker}text{marker}, l1 or & at the beginning" : "that on a line of its own");
                }

                instructions.Add(instruction);
            }

            first = false;
        }
    }

    private Instruction ParseOne(string line, int number, char marker, bool first, ref int at)
    {
        int start = at;
        char c = line[at];
        if (c == marker)
        {
            string text = Between(line, number, ref at, marker);
            return new Instruction(first ? InstructionKind.PrimaryMarker : InstructionKind.SecondaryMarker, number, text);
        }

        at++;
        switch (char.ToLowerInvariant(c))
        {
            case 'l':
                return new Instruction(InstructionKind.Advance, number, First: Whole(line, number, ref at));
            case 't':
                return new Instruction(InstructionKind.Tab, number, First: Whole(line, number, ref at));
            case 'w':
                return new Instruction(InstructionKind.WhiteSpace, number);
            case '!':
                at = start;
                string name = Between(line, number, ref at, '!').Trim();
                return new Instruction(IsDummy(name) ? InstructionKind.Dummy : InstructionKind.NonFixed, number, name);
            case '[':
                at = start;
                return Columns(InstructionKind.Fixed, line, number, ref at, ']');
            case '(':
                at = start;
                return Columns(InstructionKind.SemiFixed, line, number, ref at, ')');
            default:
                throw Refuse(number, start, $"'{c}'", $"an instruction: {marker}text{marker}, l1, w, t1, !name!, [name]1:10, (name)1:10");
        }
    }

    private Instruction Columns(InstructionKind kind, string line, int number, ref int at, char close)
    {
        int start = at;
        string name = Between(line, number, ref at, close).Trim();
        int first = Whole(line, number, ref at);
        if (at >= line.Length || line[at] != ':')
        {
            throw Refuse(number, at, "no ':'", "columns such as 1:10");
        }

        at++;
        int last = Whole(line, number, ref at);
        if (last < first)
        {
            throw Refuse(number, start, FormattableString.Invariant($"columns {first}:{last}"), "the first before the last");
        }

        return new Instruction(IsDummy(name) ? InstructionKind.DummyColumns : kind, number, name, first, last);
    }

    private string Between(string line, int number, ref int at, char close)
    {
        int end = line.IndexOf(close, at + 1);
        string text = end < 0 ? "" : line[(at + 1)..end];
        if (text.Length == 0)
        {
            throw Refuse(number, at, end < 0 ? $"no closing '{close}'" : "nothing between two marks", "a text or a name");
        }

        at = end + 1;
        return text;
    }

    private int Whole(string line, int number, ref int at)
    {
        while (at < line.Length && line[at] == ' ')
        {
            at++;
        }

        int start = at;
        while (at < line.Length && char.IsAsciiDigit(line[at]))
        {
            at++;
        }

        return int.TryParse(line.AsSpan(start, at - start), CultureInfo.InvariantCulture, out int value) && value >= 1
            ? value
            : throw Refuse(number, start, $"'{line[start..at]}'", "a whole number from 1");
    }

    private static bool IsDummy(string name) => name.Equals(Dummy, StringComparison.OrdinalIgnoreCase);

    private DataFileException Refuse(int line, int at, string found, string expected) => new(path, line, at + 1, found, expected);
}
