namespace Calibrate.Problems.Expressions;

/// <summary>The operations of an expression's program: operands first, then functions of one value, then of two.</summary>
internal enum Operation : byte
{
    Constant,
    Load,
    Negate,
    Log,
    Exp,
    Sqrt,
    Abs,
    Sin,
    Cos,
    Tanh,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Min,
    Max,
}

/// <summary>One step of a stack program.</summary>
internal readonly record struct Instruction(Operation Operation, double Number = 0, int Slot = 0);

/// <summary>The functions an expression may call, and what every operation computes.</summary>
internal static class Functions
{
    private static readonly (string Name, Operation Operation, int Arguments)[] Table =
    [
        ("log", Operation.Log, 1),
        ("exp", Operation.Exp, 1),
        ("sqrt", Operation.Sqrt, 1),
        ("abs", Operation.Abs, 1),
        ("sin", Operation.Sin, 1),
        ("cos", Operation.Cos, 1),
        ("tanh", Operation.Tanh, 1),
        ("min", Operation.Min, 2),
        ("max", Operation.Max, 2),
        ("pow", Operation.Power, 2),
    ];

    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(Table, f => f.Name);

    public static bool TryGet(string name, out Operation operation, out int arguments)
    {
        foreach ((string known, Operation found, int count) in Table)
        {
            if (known == name)
            {
                (operation, arguments) = (found, count);
                return true;
            }
        }

        (operation, arguments) = (default, 0);
        return false;
    }

    public static double Apply(Operation operation, double x) => operation switch
    {
        Operation.Negate => -x,
        Operation.Log => Math.Log(x),
        Operation.Exp => Math.Exp(x),
        Operation.Sqrt => Math.Sqrt(x),
        Operation.Abs => Math.Abs(x),
        Operation.Sin => Math.Sin(x),
        Operation.Cos => Math.Cos(x),
        Operation.Tanh => Math.Tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not a function of one value"),
    };

    public static double Apply(Operation operation, double x, double y) => operation switch
    {
        Operation.Add => x + y,
        Operation.Subtract => x - y,
        Operation.Multiply => x * y,
        Operation.Divide => x / y,
        Operation.Power => Math.Pow(x, y),
        Operation.Min => Math.Min(x, y),
        Operation.Max => Math.Max(x, y),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not a function of two values"),
    };
}
