using System.Text;

namespace Calibrate.Problems.Data;

/// <summary>Reads comma-separated text with RFC 4180 quoting, and the place of every cell.</summary>
internal sealed class CsvReader
{
    private readonly string path;
    private readonly string text;
    private readonly DataTableFormat format;
    private int position;
    private int line = 1;

    private CsvReader(string path, string text, DataTableFormat format)
    {
        this.path = path;
        this.text = text;
        this.format = format;
    }

    public static DataTable Read(string path, string text, DataTableFormat format) =>
        new CsvReader(path, text, format).ReadTable();

    private DataTable ReadTable()
    {
        // a byte order mark is not part of the first column's name
        position = text.StartsWith('\uFEFF') ? 1 : 0;
        for (int i = 0; i < format.SkipLines; i++)
        {
            SkipLine();
        }

        List<string> header = [];
        List<int> starts = [];
        if (!TryReadRow(header, starts, out int headerLine))
        {
            throw new DataFileException(path, line, 0, "the end of the file", "a header line with column names");
        }

        CheckHeader(header, starts, headerLine);
        List<string[]> cells = [];
        List<int[]> positions = [];
        List<int> lines = [];
        List<string> row = [];
        while (TryReadRow(row, starts, out int rowLine))
        {
            if (row.Count != header.Count)
            {
                throw new DataFileException(
                    path, rowLine, 0, $"{row.Count} cells", $"{header.Count}, as in the header on line {headerLine}");
            }

            cells.Add([.. row]);
            positions.Add([.. starts]);
            lines.Add(rowLine);
        }

        return new DataTable(path, [.. header], headerLine, [.. cells], [.. positions], [.. lines]);
    }

    private void CheckHeader(List<string> header, List<int> starts, int headerLine)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < header.Count; i++)
        {
            // columns without a name may repeat: a trailing separator is common
            if (header[i].Length > 0 && !seen.Add(header[i]))
            {
                throw new DataFileException(
                    path, headerLine, starts[i], $"a second column '{header[i]}'", "column names that differ");
            }
        }
    }

    // Reads the next row that is neither blank nor a comment; false at the end of the text.
    private bool TryReadRow(List<string> row, List<int> starts, out int rowLine)
    {
        row.Clear();
        starts.Clear();
        while (position < text.Length && (AtBlankLine() || AtComment()))
        {
            SkipLine();
        }

        rowLine = line;
        if (position >= text.Length)
        {
            return false;
        }

        int lineStart = position;
        while (true)
        {
            starts.Add(position - lineStart + 1);
            row.Add(ReadCell());
            if (position < text.Length && text[position] == format.Separator)
            {
                position++;
                continue;
            }

            if (position < text.Length && text[position] is not ('\n' or '\r'))
            {
                throw new DataFileException(
                    path, line, 0, $"text after the closing quote of \"{row[^1]}\"", $"'{format.Separator}' or the end of the line");
            }

            SkipLine();
            return true;
        }
    }

    private string ReadCell()
    {
        int start = position;
        while (start < text.Length && text[start] is ' ' or '\t' && text[start] != format.Separator)
        {
            start++;
        }

        if (start < text.Length && text[start] == '"')
        {
            position = start + 1;
            return ReadQuoted();
        }

        while (position < text.Length && text[position] != format.Separator && text[position] is not ('\n' or '\r'))
        {
            position++;
        }

        return text[start..position].Trim();
    }

    private string ReadQuoted()
    {
        int openLine = line;
        StringBuilder cell = new();
        while (position < text.Length)
        {
            char c = text[position++];
            if (c == '"')
            {
                if (position < text.Length && text[position] == '"')
                {
                    position++;
                }
                else
                {
                    while (position < text.Length && text[position] is ' ' or '\t' && text[position] != format.Separator)
                    {
                        position++;
                    }

                    return cell.ToString();
                }
            }
            else if (c == '\n')
            {
                line++;
            }

            cell.Append(c);
        }

        throw new DataFileException(path, openLine, 0, "a quote that is never closed", "a closing \"");
    }

    private bool AtComment() =>
        format.Comment.Length > 0 && string.CompareOrdinal(text, position, format.Comment, 0, format.Comment.Length) == 0;

    private bool AtBlankLine()
    {
        int i = position;
        while (i < text.Length && text[i] is ' ' or '\t' or '\r')
        {
            i++;
        }

        return i == text.Length || text[i] == '\n';
    }

    private void SkipLine()
    {
        while (position < text.Length && text[position] != '\n')
        {
            position++;
        }

        if (position < text.Length)
        {
            position++;
            line++;
        }
    }
}
