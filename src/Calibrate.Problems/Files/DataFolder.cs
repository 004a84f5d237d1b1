using System.Diagnostics.CodeAnalysis;
using Calibrate.Problems.Data;

namespace Calibrate.Problems.Files;

/// <summary>
/// Data files in the folder of a problem file and below it. Absolute paths and paths that leave the folder are refused, so
/// that a problem file from somebody else cannot read yours.
/// </summary>
public sealed class DataFolder : RememberedFiles
{
    /// <summary>Largest data file that is read.</summary>
    public const long SizeLimit = 64 * 1024 * 1024;

    private readonly string root;

    /// <summary>Creates the source of data files.</summary>
    /// <param name="folder">The folder that paths are relative to.</param>
    public DataFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    }

    /// <inheritdoc/>
    public override bool Has(string path) => TryResolve(path, out string full, out _) && File.Exists(full);

    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte> ReadBytes(string path)
    {
        string full = Resolve(path);
        try
        {
            FileInfo file = new(full);
            if (!file.Exists)
            {
                throw Refuse(path, Directory.Exists(full) ? "a folder" : "no such file", $"a data file in {root}", SuggestFile(full));
            }

            if (file.Length > SizeLimit)
            {
                throw Refuse(path, $"a file of {file.Length / (1024 * 1024)} MiB", $"at most {SizeLimit / (1024 * 1024)} MiB");
            }

            return File.ReadAllBytes(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refuse(path, $"a file that cannot be read ({exception.Message.TrimEnd('.')})", "a readable file");
        }
    }

    private string Resolve(string path) =>
        TryResolve(path, out string full, out DataFileException? refusal) ? full : throw refusal;

    private bool TryResolve(string path, out string full, [NotNullWhen(false)] out DataFileException? refusal)
    {
        full = "";
        refusal = null;
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(path) || path.Contains('\\', StringComparison.Ordinal))
        {
            refusal = Refuse(path, "a path that is absolute or not a path", "a path relative to the problem file, with forward slashes");
            return false;
        }

        full = Path.GetFullPath(Path.Combine(root, path));
        if (!full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            refusal = Refuse(path, "a path that leaves the problem's folder", "a file in that folder or below it");
            return false;
        }

        return true;
    }

    private static string? SuggestFile(string full)
    {
        string? folder = Path.GetDirectoryName(full);
        return Directory.Exists(folder)
            ? Suggestion.Nearest(Path.GetFileName(full), Directory.EnumerateFiles(folder).Take(1000).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal))
            : null;
    }

    private static DataFileException Refuse(string path, string found, string expected, string? suggestion = null) =>
        new(path, 0, 0, found, expected, suggestion);
}
