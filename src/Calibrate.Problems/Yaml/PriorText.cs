using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Expressions;

namespace Calibrate.Problems.Yaml;

/// <summary>Reads distributions as problem files write them: <c>uniform(0.3, 3)</c>, <c>flat</c>.</summary>
internal static class PriorText
{
    /// <summary>Reads a distribution.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ExpressionException">The text is not a distribution; the error knows the character.</exception>
    public static IDistribution Read(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        string name = (open < 0 ? text : text[..open]).Trim();
        DistributionDefinition definition = Find(name, 0);
        if (open < 0)
        {
            return definition.Parameters.Count == 0
                ? definition.Create([])
                : throw new ExpressionException(0, $"'{text.Trim()}' without its parameters", definition.Signature);
        }

        string trimmed = text.TrimEnd();
        if (!trimmed.EndsWith(')'))
        {
            throw new ExpressionException(trimmed.Length, "the end of the text", "')'");
        }

        List<double> arguments = [];
        foreach ((string argument, int start) in Split(trimmed, open + 1, trimmed.Length - 1))
        {
            arguments.Add(ReadArgument(argument, start, definition, arguments.Count));
        }

        return Create(definition, [.. arguments], 0, trimmed);
    }

    /// <summary>Finds a distribution by name.</summary>
    /// <exception cref="ExpressionException">There is none of this name.</exception>
    public static DistributionDefinition Find(string name, int position) =>
        DistributionCatalog.TryGet(name, out DistributionDefinition? definition)
            ? definition
            : throw new ExpressionException(
                position,
                $"unknown distribution '{name}'",
                $"one of {string.Join(", ", DistributionCatalog.Names)}",
                Suggestion.Nearest(name, DistributionCatalog.Names));

    /// <summary>Creates a distribution, with the catalog's refusals as mistakes at a position.</summary>
    public static IDistribution Create(DistributionDefinition definition, double[] arguments, int position, string text)
    {
        if (arguments.Length != definition.Parameters.Count)
        {
            throw new ExpressionException(position, $"'{text}' with {arguments.Length} {(arguments.Length == 1 ? "parameter" : "parameters")}", definition.Signature);
        }

        try
        {
            return definition.Create(arguments);
        }
        catch (ArgumentOutOfRangeException refusal)
        {
            // "normal: sd must be positive, found -1" -> "normal(mean, sd), where sd must be positive"
            string rule = refusal.Message.Replace($"{definition.Name}: ", "", StringComparison.Ordinal);
            int found = rule.IndexOf(", found", StringComparison.Ordinal);
            throw new ExpressionException(position, $"'{text}'", $"{definition.Signature}, where {(found < 0 ? rule : rule[..found])}");
        }
    }

    private static double ReadArgument(string argument, int start, DistributionDefinition definition, int index)
    {
        string what = index < definition.Parameters.Count ? $"a number for {definition.Parameters[index].Name}" : "no more parameters";
        double value;
        try
        {
            value = Expression.Parse(argument).EvaluateConstant();
        }
        catch (ExpressionException mistake)
        {
            throw new ExpressionException(start + mistake.Position, mistake.Found, $"{what}, as in {definition.Signature}");
        }

        return double.IsFinite(value)
            ? value
            : throw new ExpressionException(start, $"'{argument.Trim()}'", $"{what}, and finite");
    }

    // Splits at commas that no parentheses enclose.
    private static IEnumerable<(string Argument, int Start)> Split(string text, int from, int to)
    {
        int depth = 0;
        int start = from;
        for (int i = from; i < to; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (text[i] == ',' && depth == 0)
            {
                yield return (text[start..i], start);
                start = i + 1;
            }
        }

        if (to > from)
        {
            yield return (text[start..to], start);
        }
    }
}
