using System.Globalization;

namespace Calibrate.Numerics.Distributions;

/// <summary>Validation of distribution parameters, with messages that a problem file's author can act on.</summary>
internal static class Argument
{
    // The incomplete gamma and beta functions take about sqrt(80 shape) terms: a larger shape would seem to hang, and its
    // distribution is normal to ten digits anyway.
    private const double LargestShape = 1e10;
    private const double SmallestShape = 1e-10;

    public static double Finite(string distribution, string parameter, double value) =>
        double.IsFinite(value) ? value : throw Refuse(distribution, parameter, "must be finite", value);

    public static double Positive(string distribution, string parameter, double value) =>
        value > 0 && double.IsFinite(value) ? value : throw Refuse(distribution, parameter, "must be positive and finite", value);

    /// <summary>Checks a shape on which series and continued fractions depend.</summary>
    public static double Shape(string distribution, string parameter, double value) =>
        Positive(distribution, parameter, value) is >= SmallestShape and <= LargestShape
            ? value
            : throw Refuse(distribution, parameter, $"must lie between {Number(SmallestShape)} and {Number(LargestShape)}", value);

    /// <summary>Checks that two ends of an interval are in order and, unless infinite ends are allowed, finite.</summary>
    public static void Interval(string distribution, double lower, double upper, bool infiniteAllowed = false)
    {
        if (!infiniteAllowed)
        {
            Finite(distribution, "lower", lower);
            Finite(distribution, "upper", upper);
        }

        if (!(lower < upper))
        {
            throw Refuse($"{distribution}: lower must be below upper, found lower {Number(lower)} and upper {Number(upper)}");
        }

        if (!infiniteAllowed && double.IsInfinity(upper - lower))
        {
            throw Refuse($"{distribution}: upper - lower must be finite, found lower {Number(lower)} and upper {Number(upper)}");
        }
    }

    public static double Probability(double probability) =>
        probability is >= 0 and <= 1
            ? probability
            : throw Refuse($"quantile: probability must be between 0 and 1, found {Number(probability)}");

    /// <summary>The text of a distribution as a problem file writes it; the numbers read back to the same bits.</summary>
    public static string Call(string distribution, params ReadOnlySpan<double> values)
    {
        string text = distribution + "(";
        for (int i = 0; i < values.Length; i++)
        {
            text += (i == 0 ? "" : ", ") + Number(values[i]);
        }

        return text + ")";
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        double.NaN => "nan",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    public static ArgumentOutOfRangeException Refuse(string message) => new(paramName: null, message);

    private static ArgumentOutOfRangeException Refuse(string distribution, string parameter, string rule, double value) =>
        Refuse($"{distribution}: {parameter} {rule}, found {Number(value)}");
}
