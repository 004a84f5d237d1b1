using Calibrate.Problems.Expressions;
using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Building;

/// <summary>Brings tied parameters into an order in which each can be computed from those before it.</summary>
internal static class Ties
{
    /// <summary>The names an expression uses; none when it cannot be parsed.</summary>
    public static IReadOnlyList<string> NamesIn(string expression)
    {
        try
        {
            return Expression.Parse(expression).Names;
        }
        catch (ExpressionException)
        {
            return [];
        }
    }

    /// <summary>Orders the ties; null when there are mistakes in them.</summary>
    public static TiedParameter[]? Order(
        IReadOnlyList<Parameter> parameters, IReadOnlyList<string> naturalNames, Mistakes mistakes)
    {
        Dictionary<string, Expression> waiting = new(StringComparer.Ordinal);
        Dictionary<string, BoundExpression> bound = new(StringComparer.Ordinal);
        foreach (Parameter parameter in parameters.Where(p => p.Role == ParameterRole.Tied))
        {
            try
            {
                Expression expression = Expression.Parse(parameter.Tie!);
                bound[parameter.Name] = expression.Bind(naturalNames);
                waiting[parameter.Name] = expression;
            }
            catch (ExpressionException mistake)
            {
                mistakes.Add($"parameters.{parameter.Name}.tie", mistake);
            }
        }

        List<TiedParameter> order = [];
        while (waiting.Keys.FirstOrDefault(name => !waiting[name].Names.Any(waiting.ContainsKey)) is { } ready)
        {
            waiting.Remove(ready);
            order.Add(new TiedParameter(IndexOf(naturalNames, ready), bound[ready]));
        }

        if (waiting.Count > 0)
        {
            List<string> cycle = CycleIn(waiting);
            mistakes.Add(
                $"parameters.{cycle[0]}.tie",
                $"a cycle: {string.Join(" -> ", cycle)}",
                "ties that lead to free or fixed parameters");
        }

        return mistakes.Has("parameters") ? null : [.. order];
    }

    // Every waiting tie uses another waiting one, so following them must come back to where it has been.
    private static List<string> CycleIn(Dictionary<string, Expression> waiting)
    {
        List<string> path = [waiting.Keys.First()];
        while (true)
        {
            string next = waiting[path[^1]].Names.First(waiting.ContainsKey);
            int seen = path.IndexOf(next);
            path.Add(next);
            if (seen >= 0)
            {
                return path[seen..];
            }
        }
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        int index = 0;
        while (names[index] != name)
        {
            index++;
        }

        return index;
    }
}
