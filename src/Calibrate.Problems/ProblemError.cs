using System.Globalization;
using System.Text;

namespace Calibrate.Problems;

/// <summary>One mistake in a problem: where it is, what was found, what was expected.</summary>
/// <param name="Path">The key, for example <c>parameters.lambda0.prior</c>; empty for the whole file.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What should.</param>
public sealed record ProblemError(string Path, string Found, string Expected)
{
    /// <summary>The problem file, or <c>--set a.b=c</c>; null for a problem built in C#.</summary>
    public string? File { get; init; }

    /// <summary>Line in the problem file from 1; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>Character in the line from 1; 0 when unknown.</summary>
    public int Column { get; init; }

    /// <summary>What the user probably meant, or null.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The place in a data file that is to blame, <c>data/heat.csv:12:7</c>, or null.</summary>
    public string? DataPlace { get; init; }

    /// <summary>Characters into the value at <see cref="Path"/> where the mistake is; null when the whole value is meant.</summary>
    internal int? Offset { get; init; }

    /// <summary>The whole message on one line.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        if (File is not null)
        {
            text.Append(File);
            if (Line > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $":{Line}:{Column}");
            }

            text.Append(": ");
        }

        if (Path.Length > 0)
        {
            text.Append(Path).Append(": ");
        }

        if (DataPlace is not null)
        {
            text.Append(DataPlace).Append(": ");
        }

        text.Append("found ").Append(Found).Append(", expected ").Append(Expected);
        if (Suggestion is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $" (did you mean '{Suggestion}'?)");
        }

        return text.ToString();
    }
}

/// <summary>All mistakes of a problem at once.</summary>
public sealed class ProblemException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errors">The mistakes, at least one.</param>
    public ProblemException(IReadOnlyList<ProblemError> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>The mistakes in the order of the file.</summary>
    public IReadOnlyList<ProblemError> Errors { get; }
}
