namespace Calibrate.Problems.Expressions;

/// <summary>A mistake in an expression, with its place in the text.</summary>
public sealed class ExpressionException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="position">Index of the offending character, from 0.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="expected">What should.</param>
    /// <param name="suggestion">What the user probably meant, or null.</param>
    public ExpressionException(int position, string found, string expected, string? suggestion = null)
        : base($"character {position + 1}: found {found}, expected {expected}")
    {
        Position = position;
        Found = found;
        Expected = expected;
        Suggestion = suggestion;
    }

    /// <summary>Index of the offending character, from 0.</summary>
    public int Position { get; }

    /// <summary>What stands there.</summary>
    public string Found { get; }

    /// <summary>What should.</summary>
    public string Expected { get; }

    /// <summary>What the user probably meant, or null.</summary>
    public string? Suggestion { get; }
}
