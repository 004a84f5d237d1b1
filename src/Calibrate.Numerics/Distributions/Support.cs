namespace Calibrate.Numerics.Distributions;

/// <summary>The closed interval outside which a distribution has no probability; either end may be infinite.</summary>
/// <param name="Lower">The smallest possible value, or negative infinity.</param>
/// <param name="Upper">The largest possible value, or positive infinity.</param>
public readonly record struct Support(double Lower, double Upper)
{
    /// <summary>The whole real line.</summary>
    public static Support RealLine { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Zero and every positive number.</summary>
    public static Support NonNegative { get; } = new(0, double.PositiveInfinity);

    /// <summary>Whether <paramref name="x"/> lies in the interval, its ends included; false for NaN.</summary>
    public bool Contains(double x) => x >= Lower && x <= Upper;

    /// <summary>The values that both intervals share; <see cref="Lower"/> exceeds <see cref="Upper"/> when there are none.</summary>
    public Support Intersect(Support other) => new(Math.Max(Lower, other.Lower), Math.Min(Upper, other.Upper));
}
