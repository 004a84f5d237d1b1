using System.Globalization;

namespace Calibrate.Problems.Data;

/// <summary>A table of text cells with named columns, which remembers where in its file every cell stands.</summary>
public sealed class DataTable
{
    private readonly string[][] cells;
    private readonly int[][] positions;
    private readonly int[] lines;
    private readonly int headerLine;

    internal DataTable(string path, string[] columns, int headerLine, string[][] cells, int[][] positions, int[] lines)
    {
        Path = path;
        Columns = columns;
        this.headerLine = headerLine;
        this.cells = cells;
        this.positions = positions;
        this.lines = lines;
    }

    /// <summary>The path of the file as the problem gives it.</summary>
    public string Path { get; }

    /// <summary>The column names of the header line, trimmed.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Number of data rows.</summary>
    public int RowCount => cells.Length;

    /// <summary>Parses a CSV text (RFC 4180 quoting; line ends LF or CRLF; blank lines skipped).</summary>
    /// <param name="path">The name of the file, for messages.</param>
    /// <param name="text">The content of the file.</param>
    /// <param name="format">How the file is laid out; a plain CSV file when null.</param>
    /// <exception cref="DataFileException">No header, a ragged row, an open quote, or two columns of one name.</exception>
    public static DataTable Parse(string path, string text, DataTableFormat? format = null) =>
        CsvReader.Read(path, text, format ?? DataTableFormat.Default);

    /// <summary>Line of a row in the file, from 1.</summary>
    public int LineOf(int row) => lines[row];

    /// <summary>Whether there is a column of this name.</summary>
    public bool Has(string column) => Columns.Contains(column, StringComparer.Ordinal);

    /// <summary>The cells of a column as numbers.</summary>
    /// <param name="column">The column's name.</param>
    /// <exception cref="DataFileException">There is no such column, or a cell is not a finite number.</exception>
    public double[] Numbers(string column)
    {
        int index = IndexOf(column);
        double[] numbers = new double[RowCount];
        for (int row = 0; row < RowCount; row++)
        {
            string cell = cells[row][index];
            if (!TryParse(cell, out numbers[row]) || !double.IsFinite(numbers[row]))
            {
                throw Invalid(row, column, cell.Length == 0 ? "an empty cell" : $"'{cell}'", "a finite number");
            }
        }

        return numbers;
    }

    /// <summary>The cells of a column as numbers, NaN where a cell is empty, <c>NA</c> or <c>NaN</c>.</summary>
    /// <param name="column">The column's name.</param>
    /// <exception cref="DataFileException">There is no such column, or a cell is neither missing nor a finite number.</exception>
    public double[] NumbersOrMissing(string column)
    {
        int index = IndexOf(column);
        double[] numbers = new double[RowCount];
        for (int row = 0; row < RowCount; row++)
        {
            string cell = cells[row][index];
            if (cell.Length == 0 || cell.Equals("na", StringComparison.OrdinalIgnoreCase) || cell.Equals("nan", StringComparison.OrdinalIgnoreCase))
            {
                numbers[row] = double.NaN;
            }
            else if (!TryParse(cell, out numbers[row]) || !double.IsFinite(numbers[row]))
            {
                throw Invalid(row, column, $"'{cell}'", "a finite number, or nothing");
            }
        }

        return numbers;
    }

    /// <summary>The cells of a column as they are, trimmed.</summary>
    /// <param name="column">The column's name.</param>
    /// <exception cref="DataFileException">There is no such column.</exception>
    public string[] Texts(string column)
    {
        int index = IndexOf(column);
        return Array.ConvertAll(cells, row => row[index]);
    }

    /// <summary>The error to throw about one cell.</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="expected">What should.</param>
    public DataFileException Invalid(int row, string column, string found, string expected) =>
        new(Path, lines[row], positions[row][IndexOf(column)], $"{found} in column '{column}'", expected);

    private int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
            {
                return i;
            }
        }

        throw new DataFileException(
            Path,
            headerLine,
            0,
            $"no column '{column}'",
            $"one of the columns {string.Join(", ", Columns.Select(c => $"'{c}'"))}",
            Suggestion.Nearest(column, Columns));
    }

    private static bool TryParse(string cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
