using Calibrate.Problems.Expressions;

namespace Calibrate.Problems;

/// <summary>A quantity computed from a draw and reported like a parameter, such as <c>ecs = 3.93 / lambda0</c>.</summary>
/// <param name="Name">A letter or underscore, then letters, digits and underscores.</param>
/// <param name="Expression">An expression of natural parameters and recorded outputs.</param>
public sealed record DerivedQuantity(string Name, string Expression)
{
    /// <summary>Its unit, for people.</summary>
    public string? Unit { get; init; }

    /// <summary>What to call it in tables and figures; null for its name.</summary>
    public string? Label { get; init; }
}

/// <summary>All derived quantities of a problem. Immutable; evaluates without allocating.</summary>
public sealed class DerivedQuantities
{
    private readonly BoundExpression[] expressions;
    private readonly int naturalDimension;
    private readonly int[] loadsRecorded;

    internal DerivedQuantities(
        IReadOnlyList<DerivedQuantity> quantities, IReadOnlyList<string> naturalNames, IReadOnlyList<string> recordedNames)
    {
        Quantities = quantities;
        Names = [.. quantities.Select(q => q.Name)];
        naturalDimension = naturalNames.Count;
        string[] available = [.. naturalNames, .. recordedNames];
        Expression[] parsed = [.. quantities.Select(q => Expression.Parse(q.Expression))];
        expressions = Array.ConvertAll(parsed, e => e.Bind(available));
        loadsRecorded = [.. Enumerable.Range(0, recordedNames.Count).Where(k => parsed.Any(e => e.Names.Contains(recordedNames[k], StringComparer.Ordinal)))];
    }

    /// <summary>The quantities in the order of the problem.</summary>
    public IReadOnlyList<DerivedQuantity> Quantities { get; }

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of quantities.</summary>
    public int Count => expressions.Length;

    /// <summary>Indexes of the recorded outputs that some quantity needs, ascending: a reader may leave out the others.</summary>
    public IReadOnlyList<int> RecordedInUse => loadsRecorded;

    /// <summary>Evaluates every quantity at one draw.</summary>
    /// <param name="natural">The natural parameters.</param>
    /// <param name="recorded">The recorded outputs of the same draw.</param>
    /// <param name="values">Receives <see cref="Count"/> numbers; NaN or infinite where arithmetic gives that.</param>
    public void Evaluate(ReadOnlySpan<double> natural, ReadOnlySpan<double> recorded, Span<double> values)
    {
        if (expressions.Length == 0)
        {
            return;
        }

        Span<double> all = natural.Length + recorded.Length <= 256
            ? stackalloc double[natural.Length + recorded.Length]
            : new double[natural.Length + recorded.Length];
        natural[..naturalDimension].CopyTo(all);
        recorded.CopyTo(all[naturalDimension..]);
        for (int i = 0; i < expressions.Length; i++)
        {
            values[i] = expressions[i].Evaluate(all);
        }
    }
}
