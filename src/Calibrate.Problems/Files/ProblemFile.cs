using System.Diagnostics.CodeAnalysis;
using System.Text;
using Calibrate.Problems.Models;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Files;

/// <summary>Loads problem files (YAML, see <c>docs/problem-file.md</c>).</summary>
public static class ProblemFile
{
    /// <summary>Largest problem file that is read, in bytes.</summary>
    public const int SizeLimit = 1024 * 1024;

    /// <summary>Loads a problem file and the data files it names.</summary>
    /// <param name="path">The problem file.</param>
    /// <param name="catalog">The models it can name.</param>
    /// <param name="overrides">Changes of single keys, each <c>a.b=c</c>; none when null.</param>
    /// <param name="introduction">The <see cref="ProblemSource.Introduction"/> of a problem with the same model; the model is asked when null.</param>
    /// <exception cref="ProblemException">The file has mistakes; all of them are listed.</exception>
    public static Problem Load(string path, IModelCatalog catalog, IReadOnlyList<string>? overrides = null, string? introduction = null) =>
        TryLoad(path, catalog, overrides, introduction, out Problem? problem, out IReadOnlyList<ProblemError> errors)
            ? problem
            : throw new ProblemException(errors);

    /// <summary>Loads a problem file and the data files it names.</summary>
    /// <param name="path">The problem file.</param>
    /// <param name="catalog">The models it can name.</param>
    /// <param name="overrides">Changes of single keys, each <c>a.b=c</c>; none when null.</param>
    /// <param name="problem">The problem, when there are no mistakes.</param>
    /// <param name="errors">All mistakes in the order of the file.</param>
    public static bool TryLoad(
        string path,
        IModelCatalog catalog,
        IReadOnlyList<string>? overrides,
        [NotNullWhen(true)] out Problem? problem,
        out IReadOnlyList<ProblemError> errors) => TryLoad(path, catalog, overrides, null, out problem, out errors);

    private static bool TryLoad(
        string path,
        IModelCatalog catalog,
        IReadOnlyList<string>? overrides,
        string? introduction,
        [NotNullWhen(true)] out Problem? problem,
        out IReadOnlyList<ProblemError> errors)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(catalog);
        problem = null;
        if (!TryReadText(path, out string? text, out ProblemError? error))
        {
            errors = [error];
            return false;
        }

        string full = Path.GetFullPath(path);
        return TryParse(new ProblemSource(full, text, overrides ?? []) { Introduction = introduction }, path, FolderOf(full), catalog, out problem, out errors);
    }

    /// <summary>Rebuilds a problem from its source, for example the one a journal kept; data files are read from disk again.</summary>
    /// <param name="source">The file's full path, its text and the overrides.</param>
    /// <param name="catalog">The models it can name.</param>
    /// <exception cref="ProblemException">The source has mistakes, or its data files are gone; all are listed.</exception>
    public static Problem Parse(ProblemSource source, IModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(catalog);
        return TryParse(source, source.Path, FolderOf(source.Path), catalog, out Problem? problem, out IReadOnlyList<ProblemError> errors)
            ? problem
            : throw new ProblemException(errors);
    }

    /// <summary>Rebuilds a problem from a bundle, on whatever machine: the same problem with the same fingerprints.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="catalog">The models it can name.</param>
    /// <param name="folder">
    /// A folder of this machine to read the data files from instead; when they are others, so is <see cref="Problem.ModelFingerprint"/>.
    /// </param>
    /// <exception cref="ProblemException">The source has mistakes in the eyes of this build, or a data file is missing; all are listed.</exception>
    public static Problem Parse(ProblemBundle bundle, IModelCatalog catalog, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(catalog);
        RememberedFiles files = folder is null ? new BundledFiles(bundle) : new DataFolder(folder);
        return TryParse(bundle.Source, bundle.Source.Path, files, catalog, out Problem? problem, out IReadOnlyList<ProblemError> errors)
            ? problem
            : throw new ProblemException(errors);
    }

    private static DataFolder FolderOf(string path) => new(Path.GetDirectoryName(path) ?? ".");

    private static bool TryParse(
        ProblemSource source,
        string displayPath,
        RememberedFiles files,
        IModelCatalog catalog,
        [NotNullWhen(true)] out Problem? problem,
        out IReadOnlyList<ProblemError> errors)
    {
        problem = new ProblemReader(catalog, files)
            .Read(source, displayPath, Path.GetFileNameWithoutExtension(source.Path), out errors);
        return problem is not null;
    }

    private static bool TryReadText(
        string path, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out ProblemError? error)
    {
        text = null;
        error = null;
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                error = Error(path, Directory.Exists(path) ? "a folder" : "no such file", "a problem file (YAML)");
            }
            else if (file.Length > SizeLimit)
            {
                error = Error(path, $"a file of {file.Length} bytes", $"at most {SizeLimit}: put data into files of their own");
            }
            else
            {
                text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
            }
        }
        catch (ArgumentException)
        {
            error = Error(path, "bytes that are not text", "YAML in UTF-8");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = Error(path, $"a file that cannot be read ({exception.Message.TrimEnd('.')})", "a readable file");
        }

        return text is not null;
    }

    private static ProblemError Error(string path, string found, string expected) => new("", found, expected) { File = path };
}
