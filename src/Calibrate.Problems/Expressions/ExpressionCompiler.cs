using System.Linq.Expressions;
using System.Reflection;
using LinqExpression = System.Linq.Expressions.Expression;

namespace Calibrate.Problems.Expressions;

/// <summary>
/// Turns the stack program of an expression into machine code by way of <see cref="System.Linq.Expressions"/>: the same operations in the same
/// order with the same functions, so the same bits as <see cref="BoundExpression"/>.
/// </summary>
internal static class ExpressionCompiler
{
    public static Func<double[], double> Compile(ReadOnlySpan<Instruction> program)
    {
        ParameterExpression values = LinqExpression.Parameter(typeof(double[]), "values");
        Stack<LinqExpression> stack = new();
        foreach (ref readonly Instruction step in program)
        {
            stack.Push(step.Operation switch
            {
                Operation.Constant => LinqExpression.Constant(step.Number),
                Operation.Load => LinqExpression.ArrayIndex(values, LinqExpression.Constant(step.Slot)),
                >= Operation.Add => OfTwo(step.Operation, stack.Pop(), stack.Pop()),
                _ => OfOne(step.Operation, stack.Pop()),
            });
        }

        return LinqExpression.Lambda<Func<double[], double>>(stack.Pop(), values).Compile();
    }

    private static LinqExpression OfOne(Operation operation, LinqExpression x) => operation switch
    {
        Operation.Negate => LinqExpression.Negate(x),
        Operation.Log => Call(nameof(Math.Log), x),
        Operation.Exp => Call(nameof(Math.Exp), x),
        Operation.Sqrt => Call(nameof(Math.Sqrt), x),
        Operation.Abs => Call(nameof(Math.Abs), x),
        Operation.Sin => Call(nameof(Math.Sin), x),
        Operation.Cos => Call(nameof(Math.Cos), x),
        Operation.Tanh => Call(nameof(Math.Tanh), x),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not a function of one value"),
    };

    // The right operand lies on top of the stack.
    private static LinqExpression OfTwo(Operation operation, LinqExpression y, LinqExpression x) => operation switch
    {
        Operation.Add => LinqExpression.Add(x, y),
        Operation.Subtract => LinqExpression.Subtract(x, y),
        Operation.Multiply => LinqExpression.Multiply(x, y),
        Operation.Divide => LinqExpression.Divide(x, y),
        Operation.Power => Call(nameof(Math.Pow), x, y),
        Operation.Min => Call(nameof(Math.Min), x, y),
        Operation.Max => Call(nameof(Math.Max), x, y),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not a function of two values"),
    };

    private static MethodCallExpression Call(string function, params LinqExpression[] arguments)
    {
        MethodInfo method = typeof(Math).GetMethod(function, Array.ConvertAll(arguments, _ => typeof(double)))!;
        return LinqExpression.Call(method, arguments);
    }
}
