using Calibrate.Problems.Expressions;

namespace Calibrate.Problems.Tests.Expressions;

public class ExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("10 - 4 - 3", 3)]
    [InlineData("16 / 4 / 2", 2)]
    [InlineData("-2^2", -4)]
    [InlineData("2^3^2", 512)]
    [InlineData("2^-1", 0.5)]
    [InlineData("--3", 3)]
    [InlineData("-3 + +4", 1)]
    [InlineData("1.5e3 + .5", 1500.5)]
    [InlineData("2 * pi", 2 * Math.PI)]
    [InlineData("log(exp(2))", 2)]
    [InlineData("sqrt(abs(-9))", 3)]
    [InlineData("min(1, 2) + max(3, 4)", 5)]
    [InlineData("pow(2, 10)", 1024)]
    [InlineData("sin(0) + cos(0) + tanh(0)", 1)]
    public void Constants_are_computed(string text, double expected) => Assert.Equal(expected, Expression.Parse(text).EvaluateConstant());

    [Fact]
    public void Names_are_bound_to_positions()
    {
        Expression expression = Expression.Parse("3.93 / lambda0 - b_2 * lambda0");
        Assert.Equal(["lambda0", "b_2"], expression.Names);
        Assert.False(expression.IsConstant);
        BoundExpression bound = expression.Bind(["x", "b_2", "lambda0"]);
        Assert.Equal((3.93 / 2) - (5 * 2.0), bound.Evaluate([9, 5, 2]));
        Assert.Equal((3.93 / 3) - (7 * 3.0), bound.Evaluate([8, 9, 5, 7, 2, 3], 2, 1));
    }

    [Theory]
    [InlineData("", 0, "the end of the expression", "a number, a name or '('")]
    [InlineData("1 +", 3, "the end of the expression", "a number, a name or '('")]
    [InlineData("(1", 2, "the end of the expression", "')'")]
    [InlineData("1 2", 2, "'2'", "an operator or the end of the expression")]
    [InlineData("a $ b", 2, "'$'", "an operator or the end of the expression")]
    [InlineData("min(1)", 5, "')'", "','")]
    [InlineData("1..2", 0, "'1..2'", "a finite number")]
    [InlineData("1e999", 0, "'1e999'", "a finite number")]
    [InlineData("2 * sine(1)", 4, "unknown function 'sine'", "one of log, exp, sqrt, abs, sin, cos, tanh, min, max, pow")]
    public void Mistakes_know_their_character(string text, int position, string found, string expected)
    {
        ExpressionException mistake = Assert.Throws<ExpressionException>(() => Expression.Parse(text));
        Assert.Equal((position, found, expected), (mistake.Position, mistake.Found, mistake.Expected));
    }

    [Fact]
    public void Unknown_names_get_a_suggestion()
    {
        ExpressionException mistake = Assert.Throws<ExpressionException>(() => Expression.Parse("2 * lamda0").Bind(["eta", "lambda0"]));
        Assert.Equal((4, "lambda0"), (mistake.Position, mistake.Suggestion));
    }

    [Fact]
    public void Hostile_expressions_are_refused()
    {
        Assert.Throws<ExpressionException>(() => Expression.Parse(new string('(', 400)));
        Assert.Throws<ExpressionException>(() => Expression.Parse(new string('-', 400) + "1"));
        Assert.Throws<ExpressionException>(() => Expression.Parse("1" + string.Concat(Enumerable.Repeat("^1", 400))));
        Assert.Throws<ExpressionException>(() => Expression.Parse(new string('1', 1001)));
        Assert.Throws<ExpressionException>(() => Expression.Parse("System.IO.File"));
    }

    [Fact]
    public void Evaluating_does_not_allocate()
    {
        BoundExpression bound = Expression.Parse("max(a, 2) * exp(-b) + a ^ 2").Bind(["a", "b"]);
        double[] values = [1, 2];
        double sum = bound.Evaluate(values);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            sum += bound.Evaluate(values);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(double.IsFinite(sum));
    }
}
