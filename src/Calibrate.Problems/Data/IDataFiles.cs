namespace Calibrate.Problems.Data;

/// <summary>
/// Where the data a problem refers to come from. Paths are those of the problem file: relative to it, with forward
/// slashes. Everything that is read becomes part of the problem's fingerprint.
/// </summary>
public interface IDataFiles
{
    /// <summary>Reads a table of columns with a header line (CSV).</summary>
    /// <param name="path">The path as the problem file gives it.</param>
    /// <param name="format">How the file is laid out; a plain CSV file when null.</param>
    /// <exception cref="DataFileException">The file is missing, too large or malformed.</exception>
    DataTable ReadTable(string path, DataTableFormat? format = null);

    /// <summary>Reads a matrix: rows of numbers separated by commas or white space, no header, <c>#</c> for comments.</summary>
    /// <param name="path">The path as the problem file gives it.</param>
    /// <returns>The rows, all of the same length.</returns>
    /// <exception cref="DataFileException">The file is missing, too large or malformed.</exception>
    double[][] ReadMatrix(string path);

    /// <summary>Reads a file as it is.</summary>
    /// <param name="path">The path as the problem file gives it.</param>
    /// <exception cref="DataFileException">The file is missing or too large.</exception>
    ReadOnlyMemory<byte> Read(string path);

    /// <summary>Whether a path names a file that may be read; false for paths that leave the problem's folder.</summary>
    /// <param name="path">The path as the problem file gives it.</param>
    bool Has(string path);
}

/// <summary>The layout of a CSV file.</summary>
/// <param name="SkipLines">Number of title lines above the header.</param>
/// <param name="Comment">Lines that start with this are skipped; empty for none.</param>
/// <param name="Separator">The character between cells.</param>
public sealed record DataTableFormat(int SkipLines = 0, string Comment = "#", char Separator = ',')
{
    /// <summary>A header line, commas, <c>#</c> for comments.</summary>
    public static DataTableFormat Default { get; } = new();
}
