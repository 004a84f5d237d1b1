using Calibrate.Problems.Expressions;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Building;

/// <summary>Checks that parameters have usable names, that the model knows them, and that none is missing.</summary>
internal static class ParameterNames
{
    /// <summary>What a name looks like, for messages.</summary>
    public const string Rule = "a letter or underscore, then letters, digits and underscores, and no function's name";

    /// <summary>Whether an expression can use the name.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 64
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && name != "pi"
        && !Expression.FunctionNames.Contains(name, StringComparer.Ordinal);

    /// <summary>Checks the names of a problem's parameters.</summary>
    public static void Check(
        IReadOnlyList<Parameter> given,
        IReadOnlyList<ModelParameter> modelParameters,
        IReadOnlyCollection<string> usedElsewhere,
        Mistakes mistakes)
    {
        HashSet<string> used = new(usedElsewhere, StringComparer.Ordinal);
        foreach (Parameter tied in given.Where(p => p.Tie is not null))
        {
            used.UnionWith(Ties.NamesIn(tied.Tie!));
        }

        string[] known = [.. modelParameters.Select(m => m.Name)];
        HashSet<string> seen = new(StringComparer.Ordinal);
        HashSet<string> suggested = new(StringComparer.Ordinal);
        foreach (Parameter parameter in given)
        {
            string path = $"parameters.{parameter.Name}";
            if (!seen.Add(parameter.Name))
            {
                mistakes.Add(path, $"a second parameter '{parameter.Name}'", "each parameter once");
            }
            else if (!IsValid(parameter.Name) && !known.Contains(parameter.Name, StringComparer.Ordinal))
            {
                mistakes.Add(path, $"the name '{parameter.Name}'", Rule);
            }
            else if (!known.Contains(parameter.Name, StringComparer.Ordinal) && !used.Contains(parameter.Name))
            {
                string? suggestion = Suggestion.Nearest(parameter.Name, known.Where(k => !given.Any(p => p.Name == k)));
                suggested.Add(suggestion ?? "");
                mistakes.Add(path, $"unknown parameter '{parameter.Name}'", $"a parameter of the model: {string.Join(", ", known)}", suggestion);
            }
        }

        foreach (ModelParameter needed in modelParameters)
        {
            if (needed.Default is null && !seen.Contains(needed.Name) && !suggested.Contains(needed.Name))
            {
                mistakes.AddAll([new ProblemError("parameters", $"no parameter '{needed.Name}'", "every parameter of the model, with a prior, a value or a tie")]);
            }
        }
    }
}
