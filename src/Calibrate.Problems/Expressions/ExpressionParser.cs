using System.Globalization;

namespace Calibrate.Problems.Expressions;

/// <summary>
/// Recursive descent over the grammar
/// <code>
/// sum     = product { ("+" | "-") product }
/// product = signed { ("*" | "/") signed }
/// signed  = ("-" | "+") signed | power
/// power   = atom [ "^" signed ]            (right associative; -2^2 is -4)
/// atom    = number | "pi" | name | function "(" sum { "," sum } ")" | "(" sum ")"
/// </code>
/// that emits a stack program as it goes.
/// </summary>
internal sealed class ExpressionParser
{
    private const int LengthLimit = 1000;
    private const int NestingLimit = 50;
    private readonly string text;
    private readonly List<Instruction> program = [];
    private readonly List<NameUse> names = [];
    private int position;
    private int stack;
    private int nesting;

    public ExpressionParser(string text) => this.text = text;

    public Expression Parse()
    {
        if (text.Length > LengthLimit)
        {
            throw new ExpressionException(LengthLimit, $"{text.Length} characters", $"at most {LengthLimit}");
        }

        Sum();
        SkipSpace();
        return position == text.Length
            ? new Expression(text.Trim(), [.. program], [.. names])
            : throw Unexpected("an operator or the end of the expression");
    }

    private void Sum()
    {
        Product();
        while (TryTake('+', '-', out char sign))
        {
            Product();
            Emit(sign == '+' ? Operation.Add : Operation.Subtract, -1);
        }
    }

    private void Product()
    {
        Signed();
        while (TryTake('*', '/', out char sign))
        {
            Signed();
            Emit(sign == '*' ? Operation.Multiply : Operation.Divide, -1);
        }
    }

    private void Signed()
    {
        // every recursion of the grammar passes here, so this is the one place that bounds the depth
        if (++nesting > NestingLimit)
        {
            throw new ExpressionException(position, "an expression nested too deeply", $"at most {NestingLimit} levels");
        }

        if (TryTake('-', '+', out char sign))
        {
            Signed();
            if (sign == '-')
            {
                Emit(Operation.Negate, 0);
            }
        }
        else
        {
            Atom();
            if (TryTake('^', '^', out _))
            {
                Signed();
                Emit(Operation.Power, -1);
            }
        }

        nesting--;
    }

    private void Atom()
    {
        SkipSpace();
        if (position == text.Length)
        {
            throw Unexpected("a number, a name or '('");
        }

        char c = text[position];
        if (TryTake('(', '(', out _))
        {
            Sum();
            Take(')');
        }
        else if (char.IsAsciiDigit(c) || c == '.')
        {
            Number();
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            NameOrCall();
        }
        else
        {
            throw Unexpected("a number, a name or '('");
        }
    }

    private void Number()
    {
        int start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
        {
            position++;
        }

        if (position < text.Length && text[position] is 'e' or 'E')
        {
            position++;
            if (position < text.Length && text[position] is '+' or '-')
            {
                position++;
            }

            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                position++;
            }
        }

        ReadOnlySpan<char> digits = text.AsSpan(start, position - start);
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            throw new ExpressionException(start, $"'{digits}'", "a finite number");
        }

        Emit(Operation.Constant, 1, number);
    }

    private void NameOrCall()
    {
        int start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
        {
            position++;
        }

        string name = text[start..position];
        SkipSpace();
        if (position < text.Length && text[position] == '(')
        {
            Call(name, start);
        }
        else if (name == "pi")
        {
            Emit(Operation.Constant, 1, Math.PI);
        }
        else
        {
            int slot = names.FindIndex(n => n.Name == name);
            if (slot < 0)
            {
                slot = names.Count;
                names.Add(new NameUse(name, start));
            }

            Emit(Operation.Load, 1, slot: slot);
        }
    }

    private void Call(string name, int start)
    {
        if (!Functions.TryGet(name, out Operation operation, out int arguments))
        {
            throw new ExpressionException(
                start,
                $"unknown function '{name}'",
                $"one of {string.Join(", ", Functions.Names)}",
                Suggestion.Nearest(name, Functions.Names));
        }

        Take('(');
        for (int i = 0; i < arguments; i++)
        {
            if (i > 0)
            {
                Take(',');
            }

            Sum();
        }

        Take(')');
        Emit(operation, 1 - arguments);
    }

    private void Emit(Operation operation, int growth, double number = 0, int slot = 0)
    {
        program.Add(new Instruction(operation, number, slot));
        stack += growth;
        if (stack > BoundExpression.StackLimit)
        {
            throw new ExpressionException(position, "an expression nested too deeply", "fewer open operations");
        }
    }

    private bool TryTake(char a, char b, out char taken)
    {
        SkipSpace();
        taken = position < text.Length ? text[position] : '\0';
        if (taken != '\0' && (taken == a || taken == b))
        {
            position++;
            return true;
        }

        return false;
    }

    private void Take(char c)
    {
        if (!TryTake(c, c, out _))
        {
            throw Unexpected($"'{c}'");
        }
    }

    private void SkipSpace()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }

    private ExpressionException Unexpected(string expected) => new(
        position,
        position == text.Length ? "the end of the expression" : $"'{text[position]}'",
        expected);
}
