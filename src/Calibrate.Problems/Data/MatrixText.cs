using System.Globalization;

namespace Calibrate.Problems.Data;

/// <summary>Reads a matrix: rows of numbers separated by commas or white space, <c>#</c> for comments, no header.</summary>
internal static class MatrixText
{
    public static double[][] Parse(string path, string text)
    {
        List<double[]> rows = [];
        int line = 0;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            line++;
            ReadOnlySpan<char> content = raw.Trim().TrimStart('\uFEFF');
            if (content.IsEmpty || content[0] == '#')
            {
                continue;
            }

            double[] row = ParseRow(path, line, content);
            if (rows.Count > 0 && row.Length != rows[0].Length)
            {
                throw new DataFileException(path, line, 0, $"{row.Length} numbers", $"{rows[0].Length}, as in the rows above");
            }

            rows.Add(row);
        }

        return rows.Count > 0 ? [.. rows] : throw new DataFileException(path, 0, 0, "no numbers", "rows of numbers");
    }

    private static double[] ParseRow(string path, int line, ReadOnlySpan<char> content)
    {
        List<double> row = [];
        foreach (Range range in content.SplitAny(',', ' ', '\t', ';'))
        {
            ReadOnlySpan<char> cell = content[range];
            if (cell.IsEmpty)
            {
                continue;
            }

            if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            {
                throw new DataFileException(path, line, 0, $"'{cell}'", "a finite number");
            }

            row.Add(number);
        }

        return [.. row];
    }
}
