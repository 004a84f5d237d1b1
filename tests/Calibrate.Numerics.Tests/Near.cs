namespace Calibrate.Numerics.Tests;

/// <summary>Assertions on doubles up to rounding, which say by how much they fail.</summary>
internal static class Near
{
    public static void Relative(double expected, double actual, double tolerance)
    {
        var error = Math.Abs(actual - expected) / Math.Abs(expected);
        Assert.True(error <= tolerance || actual.Equals(expected), $"expected {expected:R}, found {actual:R}: off by {error:E2}, allowed {tolerance:E0}");
    }

    public static void Absolute(double expected, double actual, double tolerance)
    {
        var error = Math.Abs(actual - expected);
        Assert.True(error <= tolerance || actual.Equals(expected), $"expected {expected:R}, found {actual:R}: off by {error:E2}, allowed {tolerance:E0}");
    }
}
