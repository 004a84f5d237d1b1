namespace Calibrate.Problems.Expressions;

/// <summary>An expression that knows where its values stand in a vector. Immutable; evaluates without allocating.</summary>
public sealed class BoundExpression
{
    /// <summary>Deepest stack an expression can need; the parser refuses deeper ones.</summary>
    internal const int StackLimit = 64;

    private readonly Instruction[] program;

    internal BoundExpression(Instruction[] program) => this.program = program;

    /// <summary>Evaluates at one vector of values.</summary>
    /// <param name="values">The values in the order of the names that were bound.</param>
    public double Evaluate(ReadOnlySpan<double> values) => Evaluate(values, 1, 0);

    /// <summary>Evaluates at one point of a structure of arrays.</summary>
    /// <param name="values">Value j of point i stands at <c>j * count + i</c>.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="point">Index of the point.</param>
    /// <returns>The value; NaN or infinite where arithmetic gives that.</returns>
    public double Evaluate(ReadOnlySpan<double> values, int count, int point)
    {
        Span<double> stack = stackalloc double[StackLimit];
        int top = -1;
        foreach (ref readonly Instruction step in program.AsSpan())
        {
            switch (step.Operation)
            {
                case Operation.Constant:
                    stack[++top] = step.Number;
                    break;
                case Operation.Load:
                    stack[++top] = values[(step.Slot * count) + point];
                    break;
                case >= Operation.Add:
                    top--;
                    stack[top] = Functions.Apply(step.Operation, stack[top], stack[top + 1]);
                    break;
                default:
                    stack[top] = Functions.Apply(step.Operation, stack[top]);
                    break;
            }
        }

        return stack[0];
    }
}
