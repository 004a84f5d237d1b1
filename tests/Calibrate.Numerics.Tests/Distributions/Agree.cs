using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

/// <summary>Comparison of numbers to a stated tolerance.</summary>
internal static class Agree
{
    // How far, in rounding errors of x, a quantile may be from the exact one.
    private const double QuantileUlps = 4;

    public static void Relatively(double expected, double actual, double relative, string what, double absolute = 0)
    {
        double tolerance = (relative * Math.Abs(expected)) + absolute;
        Assert.True(
            expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance,
            FormattableString.Invariant($"{what}: expected {expected:R}, found {actual:R}, off by {Math.Abs(expected - actual):G3}, allowed {tolerance:G3}"));
    }

    /// <summary>The quantile is the exact one up to a few roundings of x and of the log of the probability.</summary>
    public static void OnQuantile(IDistribution distribution, double probability, double tolerance)
    {
        double x = distribution.Quantile(probability);
        Bracketed(distribution.LogCdf(Below(x)), Math.Log(probability), distribution.LogCdf(Above(x)), tolerance, $"{distribution} quantile of {probability:R}, {x:R}");
    }

    /// <summary>As <see cref="OnQuantile"/>, in the upper tail.</summary>
    public static void OnUpperQuantile(IDistribution distribution, double probability, double tolerance)
    {
        double x = distribution.UpperQuantile(probability);
        Bracketed(distribution.LogSurvival(Above(x)), Math.Log(probability), distribution.LogSurvival(Below(x)), tolerance, $"{distribution} upper quantile of {probability:R}, {x:R}");
    }

    private static void Bracketed(double low, double expected, double high, double tolerance, string what)
    {
        if (double.IsInfinity(low) && low == high)
        {
            return; // the quantile is beyond the largest number
        }

        double slack = tolerance * Math.Max(1, Math.Abs(expected));
        Assert.True(
            low - slack <= expected && expected <= high + slack,
            FormattableString.Invariant($"{what}: log probability {expected:R} not between {low:R} and {high:R}"));
    }

    private static double Below(double x) => x - Roundings(x);

    private static double Above(double x) => x + Roundings(x);

    private static double Roundings(double x) => double.IsInfinity(x) ? 0 : (QuantileUlps * 1.1e-16 * Math.Abs(x)) + double.Epsilon;
}
