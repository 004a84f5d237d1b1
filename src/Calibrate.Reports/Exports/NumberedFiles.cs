using System.Globalization;
using Calibrate.Runtime;

namespace Calibrate.Reports.Exports;

/// <summary>
/// The files <c>root_1</c>, <c>root_2</c>, ... of formats with a file per chain. Their readers take all files of such names: one that an earlier
/// export with more chains left behind would be read as if it belonged to this one.
/// </summary>
internal static class NumberedFiles
{
    /// <summary>Names of the files.</summary>
    /// <param name="path">The name that was asked for.</param>
    /// <param name="ending">The part of it that is the format's ending.</param>
    /// <param name="count">Number of files.</param>
    /// <exception cref="RunRefusedException">There are more such files.</exception>
    public static IReadOnlyList<string> Of(string path, string ending, int count)
    {
        var root = path[..^ending.Length];
        var given = path[^ending.Length..];
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var prefix = Path.GetFileName(root) + "_";
        foreach (var found in Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal))
        {
            if (found!.StartsWith(prefix, StringComparison.Ordinal)
                && found.EndsWith(given, StringComparison.Ordinal)
                && found.Length > prefix.Length + given.Length
                && int.TryParse(found.AsSpan(prefix.Length, found.Length - prefix.Length - given.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && (number < 1 || number > count))
            {
                throw new RunRefusedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Path.Combine(folder, found)} is there, and this export has {count} files: who reads them would read that one too. Delete it, or choose another name."));
            }
        }

        return [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{root}_{number}{given}"))];
    }
}
