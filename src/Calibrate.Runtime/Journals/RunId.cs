using System.Diagnostics.CodeAnalysis;

namespace Calibrate.Runtime.Journals;

/// <summary>
/// The name of a run: 1 to 64 letters, digits, underscores and hyphens. The name becomes a directory, a table key and a
/// queue name, so nothing else is allowed: <c>../x</c> never gets as far as a path.
/// </summary>
public readonly record struct RunId
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaximumLength = 64;

    private readonly string? name;

    private RunId(string name) => this.name = name;

    /// <summary>The name.</summary>
    /// <exception cref="InvalidOperationException">This is the default value, which names no run.</exception>
    public string Name => name ?? throw new InvalidOperationException("The default RunId names no run.");

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">Not a valid name; the message is meant for the user.</exception>
    public static RunId Parse(string text) =>
        TryParse(text, out var run, out var problem) ? run : throw new FormatException(problem);

    /// <summary>Reads a name, or says in <paramref name="problem"/> what was found, what is allowed and what to do.</summary>
    public static bool TryParse(string? text, out RunId run, [NotNullWhen(false)] out string? problem)
    {
        run = default;
        problem = Problem(text);
        if (problem is not null)
        {
            return false;
        }

        run = new RunId(text!);
        return true;
    }

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string? text, out RunId run) => TryParse(text, out run, out _);

    /// <inheritdoc/>
    public override string ToString() => name ?? "";

    private static string? Problem(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "A run needs a name: 1 to 64 letters, digits, '_' or '-'.";
        }

        if (text.Length > MaximumLength)
        {
            return $"The run name '{text[..16]}...' has {text.Length} characters; at most {MaximumLength} are allowed.";
        }

        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-'))
            {
                var shown = char.IsControl(character) ? $"U+{(int)character:X4}" : $"'{character}'";
                return $"The run name '{Printable(text)}' contains {shown}; only letters, digits, '_' and '-' are allowed.";
            }
        }

        return null;
    }

    private static string Printable(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
}
