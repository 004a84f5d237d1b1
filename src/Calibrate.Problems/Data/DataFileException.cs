namespace Calibrate.Problems.Data;

/// <summary>A mistake in a data file, with its place there.</summary>
public sealed class DataFileException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The path as the problem file gives it.</param>
    /// <param name="line">Line in the data file from 1; 0 when the whole file is meant.</param>
    /// <param name="column">Character in the line from 1; 0 when the whole line is meant.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="expected">What should.</param>
    /// <param name="suggestion">What the user probably meant, or null.</param>
    public DataFileException(string path, int line, int column, string found, string expected, string? suggestion = null)
        : base($"{path}:{line}:{column}: found {found}, expected {expected}")
    {
        Path = path;
        Line = line;
        Column = column;
        Found = found;
        Expected = expected;
        Suggestion = suggestion;
    }

    /// <summary>The path as the problem file gives it.</summary>
    public string Path { get; }

    /// <summary>Line in the data file from 1; 0 when the whole file is meant.</summary>
    public int Line { get; }

    /// <summary>Character in the line from 1; 0 when the whole line is meant.</summary>
    public int Column { get; }

    /// <summary>What stands there.</summary>
    public string Found { get; }

    /// <summary>What should.</summary>
    public string Expected { get; }

    /// <summary>What the user probably meant, or null.</summary>
    public string? Suggestion { get; }
}
