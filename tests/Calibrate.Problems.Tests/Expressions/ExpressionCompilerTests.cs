using System.Globalization;
using System.Text;
using Calibrate.Problems.Expressions;

namespace Calibrate.Problems.Tests.Expressions;

/// <summary>A compiled expression has the bits of the interpreted one.</summary>
public class ExpressionCompilerTests
{
    private static readonly string[] Names = ["a", "b", "x"];
    private static readonly double[] Special = [0.0, -0.0, 1.0, -1.0, 1e308, -1e308, 5e-324, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    [Fact]
    public void Random_expressions_have_the_bits_of_the_interpreter()
    {
        Random random = new(20);
        double[] values = new double[Names.Length];
        for (int n = 0; n < 500; n++)
        {
            string text = Formula(random, 4);
            Expression expression = Expression.Parse(text);
            BoundExpression interpreted = expression.Bind(Names);
            Func<double[], double> compiled = expression.Compile(Names);
            for (int trial = 0; trial < 20; trial++)
            {
                for (int j = 0; j < values.Length; j++)
                {
                    values[j] = random.Next(5) == 0 ? Special[random.Next(Special.Length)] : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 4));
                }

                Assert.True(
                    Same(interpreted.Evaluate(values), compiled(values)),
                    $"{text} at {string.Join(", ", values)}: {interpreted.Evaluate(values):R} and {compiled(values):R}");
            }
        }
    }

    [Theory]
    [InlineData("-x^2", -9)]
    [InlineData("a - b - x", -4)]
    [InlineData("a / b / x", 1.0 / 6)]
    [InlineData("2^x^a", 8)]
    [InlineData("pow(x, b) + min(a, b) * max(a, x)", 12)]
    public void Operands_keep_their_order(string text, double expected) =>
        Assert.Equal(expected, Expression.Parse(text).Compile(Names)([1, 2, 3]));

    [Fact]
    public void An_unknown_name_is_told_with_its_place()
    {
        ExpressionException mistake = Assert.Throws<ExpressionException>(() => Expression.Parse("a + lambda").Compile(["a", "lambda0"]));
        Assert.Equal((4, "lambda0"), (mistake.Position, mistake.Suggestion));
    }

    // Which of two NaNs a sum keeps is the processor's choice, and no NaN is an answer.
    private static bool Same(double a, double b) =>
        (double.IsNaN(a) && double.IsNaN(b)) || BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    private static string Formula(Random random, int depth)
    {
        StringBuilder text = new();
        Write(text, random, depth);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Random random, int depth)
    {
        int kind = depth == 0 ? random.Next(2) : random.Next(5);
        switch (kind)
        {
            case 0:
                text.Append(Names[random.Next(Names.Length)]);
                break;
            case 1:
                text.Append((random.NextDouble() * 4).ToString("R", CultureInfo.InvariantCulture));
                break;
            case 2:
                string function = Expression.FunctionNames[random.Next(Expression.FunctionNames.Count)];
                text.Append(function).Append('(');
                Write(text, random, depth - 1);
                if (function is "min" or "max" or "pow")
                {
                    text.Append(", ");
                    Write(text, random, depth - 1);
                }

                text.Append(')');
                break;
            default:
                text.Append(random.Next(3) == 0 ? "-(" : "(");
                Write(text, random, depth - 1);
                text.Append(' ').Append("+-*/^"[random.Next(5)]).Append(' ');
                Write(text, random, depth - 1);
                text.Append(')');
                break;
        }
    }
}
