using System.Globalization;
using Calibrate.Problems.Expressions;

namespace Calibrate.Problems.Yaml;

/// <summary>Interprets single values; each method answers whether the text is of its kind.</summary>
internal static class Scalars
{
    private static readonly (string Unit, double Seconds)[] TimeUnits =
        [("ms", 1e-3), ("s", 1), ("sec", 1), ("min", 60), ("m", 60), ("h", 3600), ("d", 86400)];

    private static readonly (string Unit, double Bytes)[] SizeUnits =
    [
        ("b", 1), ("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("kib", 1024), ("mib", 1024 * 1024), ("gib", 1024.0 * 1024 * 1024),
    ];

    public static bool TryNumber(YamlScalar scalar, out double number) =>
        double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        && scalar.IsPlain
        && double.IsFinite(number);

    /// <summary>A number, or <c>inf</c> and <c>-inf</c> (YAML's <c>.inf</c> too).</summary>
    public static bool TryNumberOrInfinity(YamlScalar scalar, out double number)
    {
        (bool known, number) = scalar.Text switch
        {
            "inf" or "+inf" or ".inf" or "+.inf" => (true, double.PositiveInfinity),
            "-inf" or "-.inf" => (true, double.NegativeInfinity),
            _ => (false, 0),
        };
        return known || TryNumber(scalar, out number);
    }

    public static bool TryInteger(YamlScalar scalar, out long number) =>
        long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && scalar.IsPlain;

    /// <summary>A number, or an expression without names such as <c>0.91 * 16.0963</c>.</summary>
    public static bool TryConstant(YamlScalar scalar, out double number)
    {
        if (TryNumber(scalar, out number))
        {
            return true;
        }

        try
        {
            Expression expression = Expression.Parse(scalar.Text);
            number = expression.IsConstant ? expression.EvaluateConstant() : double.NaN;
            return double.IsFinite(number);
        }
        catch (ExpressionException)
        {
            return false;
        }
    }

    public static bool TryBoolean(YamlScalar scalar, out bool value)
    {
        value = scalar.Text == "true";
        return scalar.IsPlain && scalar.Text is "true" or "false";
    }

    /// <summary>A time such as <c>90 s</c>, <c>10 min</c> or <c>1.5 h</c>; seconds without a unit.</summary>
    public static bool TryDuration(YamlScalar scalar, out TimeSpan duration)
    {
        duration = default;
        if (!TryWithUnit(scalar.Text, TimeUnits, out double seconds) || seconds > 1e9)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>A size such as <c>512 MiB</c> or <c>2 GB</c>; bytes without a unit.</summary>
    public static bool TrySize(YamlScalar scalar, out long bytes)
    {
        bytes = 0;
        if (!TryWithUnit(scalar.Text, SizeUnits, out double size) || size > 1e18)
        {
            return false;
        }

        bytes = (long)size;
        return true;
    }

    private static bool TryWithUnit(string text, (string Unit, double Factor)[] units, out double value)
    {
        string trimmed = text.Trim().ToLowerInvariant();
        int end = trimmed.Length;
        while (end > 0 && char.IsAsciiLetter(trimmed[end - 1]))
        {
            end--;
        }

        string unit = trimmed[end..];
        int index = Array.FindIndex(units, u => u.Unit == unit);
        double factor = unit.Length == 0 ? 1 : index < 0 ? double.NaN : units[index].Factor;
        bool parsed = double.TryParse(trimmed[..end].TrimEnd(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double number);
        value = number * factor;
        return parsed && double.IsFinite(value);
    }
}
