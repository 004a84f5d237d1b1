using System.Text;
using Calibrate.Problems;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.FileModels;

/// <summary>
/// A template of an input file, as users of PEST have them (Doherty, PEST user manual, "Template files"): the first line <c>ptf ~</c> tells the marker, and
/// every <c>~ name ~</c> after it is a field as wide as it stands there, markers included, for the number of a parameter. Everything else, line ends
/// and all, is copied byte by byte.
/// </summary>
internal sealed class TemplateFile
{
    private readonly string path;
    private readonly List<string> texts = [];
    private readonly List<Field> fields = [];

    private TemplateFile(string path) => this.path = path;

    /// <summary>A place for a number; the text before it stands at the same index of the texts.</summary>
    private readonly record struct Field(string Name, int Width, int Line, int Column);

    /// <summary>The parameters it names, as it writes them, each once whatever its case.</summary>
    public IEnumerable<string> Names => fields.Select(f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Parses a template.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="bytes">What stands in it.</param>
    /// <exception cref="DataFileException">It is no template.</exception>
    public static TemplateFile Parse(string path, ReadOnlySpan<byte> bytes)
    {
        // Latin-1 keeps every byte, whatever the encoding is.
        string text = Encoding.Latin1.GetString(bytes);
        char marker = MarkerLine.Read(path, text, ["ptf", "jtf"], out int start);
        TemplateFile template = new(path);
        int line = 2;
        int copied = start;
        int lineStart = start;
        for (int at = start; at < text.Length; at++)
        {
            if (text[at] == '\n')
            {
                line++;
                lineStart = at + 1;
            }
            else if (text[at] == marker)
            {
                int end = text.IndexOfAny([marker, '\n'], at + 1);
                if (end < 0 || text[end] == '\n')
                {
                    throw new DataFileException(path, line, at - lineStart + 1, $"'{marker}' without another on the line", $"a field such as {marker} name {marker}");
                }

                string name = text[(at + 1)..end].Trim();
                if (name.Length == 0 || name.Any(char.IsWhiteSpace))
                {
                    throw new DataFileException(path, line, at - lineStart + 1, $"'{name}' between two '{marker}'", "the name of a parameter");
                }

                template.texts.Add(text[copied..at]);
                template.fields.Add(new Field(name, end - at + 1, line, at - lineStart + 1));
                copied = end + 1;
                at = end;
            }
        }

        template.texts.Add(text[copied..]);
        return template;
    }

    /// <summary>Ties the fields to parameters.</summary>
    /// <param name="parameters">The names of the vector that <see cref="Write"/> gets.</param>
    /// <returns>The index of the parameter of every field.</returns>
    /// <exception cref="DataFileException">A field names no parameter, or names two that differ in case only.</exception>
    public int[] Bind(IReadOnlyList<string> parameters)
    {
        int[] slots = new int[fields.Count];
        for (int i = 0; i < slots.Length; i++)
        {
            Field field = fields[i];
            int[] alike = [.. Enumerable.Range(0, parameters.Count).Where(p => parameters[p].Equals(field.Name, StringComparison.OrdinalIgnoreCase))];
            int[] exact = [.. alike.Where(p => parameters[p] == field.Name)];
            slots[i] = (exact, alike) switch
            {
                ([int one], _) => one,
                (_, [int one]) => one,
                (_, []) => throw new DataFileException(
                    path, field.Line, field.Column, $"unknown parameter '{field.Name}'", parameters.Count == 0 ? "a parameter of the problem" : $"one of {string.Join(", ", parameters)}",
                    Suggestion.Nearest(field.Name, parameters)),
                _ => throw new DataFileException(
                    path, field.Line, field.Column, $"'{field.Name}', which may be {string.Join(" or ", alike.Select(p => parameters[p]))}", "one of them, written alike"),
            };
        }

        return slots;
    }

    /// <summary>Finds the narrowest field of each parameter: a number is written alike in all of its fields, as with PEST, or the model would see several.</summary>
    /// <param name="slots">What <see cref="Bind"/> gave.</param>
    /// <param name="widths">The narrowest fields so far, by parameter; lowered to those of this file.</param>
    public void Narrow(ReadOnlySpan<int> slots, Span<int> widths)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            widths[slots[i]] = Math.Min(widths[slots[i]], fields[i].Width);
        }
    }

    /// <summary>Writes the input file.</summary>
    /// <param name="slots">What <see cref="Bind"/> gave.</param>
    /// <param name="widths">What <see cref="Narrow"/> gave for all templates: the characters of each parameter's number.</param>
    /// <param name="parameters">The values.</param>
    /// <exception cref="ModelException">A number does not fit its field.</exception>
    public byte[] Write(ReadOnlySpan<int> slots, ReadOnlySpan<int> widths, ReadOnlySpan<double> parameters)
    {
        StringBuilder text = new(texts[0]);
        for (int i = 0; i < fields.Count; i++)
        {
            Field field = fields[i];
            if (!FixedWidthNumber.TryWrite(parameters[slots[i]], widths[slots[i]], out string number))
            {
                throw new ModelException(FormattableString.Invariant(
                    $"{path}:{field.Line}:{field.Column}: {field.Name} = {parameters[slots[i]]:R} does not fit {widths[slots[i]]} characters, its narrowest field: make that wider"));
            }

            text.Append(number.PadLeft(field.Width)).Append(texts[i + 1]);
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
