namespace Calibrate.Problems.Expressions;

/// <summary>
/// An arithmetic expression of named quantities, such as <c>3.93 / lambda0</c>: <c>+ - * / ^</c>, parentheses, numbers,
/// <c>pi</c>, the functions of <see cref="FunctionNames"/>, and names. Nothing else can be written, so nothing else can
/// happen. Immutable.
/// </summary>
public sealed class Expression
{
    private readonly Instruction[] program;
    private readonly NameUse[] names;

    internal Expression(string text, Instruction[] program, NameUse[] names)
    {
        Text = text;
        this.program = program;
        this.names = names;
        Names = Array.ConvertAll(names, n => n.Name);
    }

    /// <summary>The functions an expression may call.</summary>
    public static IReadOnlyList<string> FunctionNames => Functions.Names;

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>The names it uses, each once, in order of first use.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether it uses no names.</summary>
    public bool IsConstant => names.Length == 0;

    /// <summary>Parses an expression.</summary>
    /// <param name="text">The text, at most 1,000 characters.</param>
    /// <exception cref="ExpressionException">The text is not an expression.</exception>
    public static Expression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ExpressionParser(text).Parse();
    }

    /// <summary>Ties the names to positions in a vector of values.</summary>
    /// <param name="available">The names of the vector's elements.</param>
    /// <exception cref="ExpressionException">The expression uses a name that is not available.</exception>
    public BoundExpression Bind(IReadOnlyList<string> available) => new(Resolve(available));

    /// <summary>Compiles the expression for a vector of values; the function gives the bits of <see cref="Bind"/>, and many threads may call it.</summary>
    /// <param name="available">The names of the vector's elements.</param>
    /// <exception cref="ExpressionException">The expression uses a name that is not available.</exception>
    public Func<double[], double> Compile(IReadOnlyList<string> available) => ExpressionCompiler.Compile(Resolve(available));

    /// <summary>The value of an expression without names.</summary>
    /// <exception cref="ExpressionException">The expression uses a name.</exception>
    public double EvaluateConstant() => Bind([]).Evaluate([]);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private Instruction[] Resolve(IReadOnlyList<string> available)
    {
        ArgumentNullException.ThrowIfNull(available);
        int[] slots = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            slots[i] = IndexOf(available, names[i].Name);
            if (slots[i] < 0)
            {
                throw new ExpressionException(
                    names[i].Position,
                    $"unknown name '{names[i].Name}'",
                    available.Count == 0 ? "numbers only" : $"one of {string.Join(", ", available)}",
                    Suggestion.Nearest(names[i].Name, available));
            }
        }

        Instruction[] bound = new Instruction[program.Length];
        for (int i = 0; i < bound.Length; i++)
        {
            bound[i] = program[i].Operation == Operation.Load
                ? program[i] with { Slot = slots[program[i].Slot] }
                : program[i];
        }

        return bound;
    }

    private static int IndexOf(IReadOnlyList<string> list, string name)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>A name and where it first stands.</summary>
internal readonly record struct NameUse(string Name, int Position);
