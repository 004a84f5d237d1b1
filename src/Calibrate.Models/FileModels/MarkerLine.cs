using Calibrate.Problems.Data;

namespace Calibrate.Models.FileModels;

/// <summary>The first line of a template or instruction file: a word and the character that serves as marker, such as <c>ptf ~</c>.</summary>
internal static class MarkerLine
{
    /// <summary>Reads the first line.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="words">The words of this kind of file; the first is the one to tell of.</param>
    /// <param name="next">Receives where the second line begins.</param>
    /// <exception cref="DataFileException">The line is another.</exception>
    public static char Read(string path, string text, string[] words, out int next)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string line = (end < 0 ? text : text[..end]).Trim();
        next = end < 0 ? text.Length : end + 1;
        string[] parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var word, { Length: 1 } marker] || !words.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            throw new DataFileException(path, 1, 1, $"'{(line.Length > 40 ? line[..40] : line)}'", $"'{words[0]}' and the marker, such as: {words[0]} ~");
        }

        return char.IsLetterOrDigit(marker[0]) || "!()[]:&".Contains(marker[0], StringComparison.Ordinal)
            ? throw new DataFileException(path, 1, 1, $"the marker '{marker}'", "another character than a letter, a digit and ! ( ) [ ] : &")
            : marker[0];
    }
}
