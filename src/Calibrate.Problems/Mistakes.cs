using Calibrate.Problems.Data;
using Calibrate.Problems.Expressions;

namespace Calibrate.Problems;

/// <summary>
/// Collects the mistakes of a problem, so that all are reported at once. A mistake at a key hides later ones at that key or
/// above it, which would only be its consequences.
/// </summary>
internal sealed class Mistakes
{
    private readonly List<ProblemError> errors = [];

    public IReadOnlyList<ProblemError> Errors => errors;

    public bool Any => errors.Count > 0;

    public void Add(string path, string found, string expected, string? suggestion = null) =>
        Add(new ProblemError(path, found, expected) { Suggestion = suggestion });

    public void Add(ProblemError error)
    {
        if (!Has(error.Path))
        {
            errors.Add(error);
        }
    }

    /// <summary>Adds several mistakes that may stand at one key, such as two bad rows of one data file.</summary>
    public void AddAll(IEnumerable<ProblemError> several) => errors.AddRange(several);

    /// <summary>Whether there is a mistake at this key or below it.</summary>
    public bool Has(string path) => errors.Exists(e => IsAtOrBelow(e.Path, path));

    public void Add(string path, ExpressionException mistake) => Add(new ProblemError(path, mistake.Found, mistake.Expected)
    {
        Suggestion = mistake.Suggestion,
        Offset = mistake.Position,
    });

    public void Add(string path, DataFileException mistake) => Add(new ProblemError(path, mistake.Found, mistake.Expected)
    {
        Suggestion = mistake.Suggestion,
        DataPlace = Place(mistake.Path, mistake.Line, mistake.Column),
    });

    public static string Place(string file, int line, int column) =>
        line == 0 ? file : column == 0 ? $"{file}:{line}" : $"{file}:{line}:{column}";

    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new ProblemException(errors);
        }
    }

    private static bool IsAtOrBelow(string path, string key) =>
        path == key || (path.Length > key.Length && path.StartsWith(key, StringComparison.Ordinal) && path[key.Length] is '.' or '[');
}
