namespace Calibrate.Numerics.Distributions;

/// <summary>
/// Inverts a cdf to the last bits that its conditioning allows: Newton's method on the log of the smaller tail, safeguarded
/// by bisection.
/// </summary>
/// <remarks>
/// The log of a tail is concave for every log-concave density, so Newton converges from anywhere on its inner side. Where
/// it would leave the bracket the step is the middle of the bracket in the order of the representable numbers, which
/// needs at most 64 steps over the whole line, infinities and sixty orders of magnitude near zero included.
/// </remarks>
internal static class QuantileSearch
{
    // A step this small relative to x is below the rounding of x and of the logs. A residual that is still large then means
    // that the slope is rounding noise, far out where logs are huge: no reason to stop.
    private const double SmallStep = 8e-16;
    private const double SmallResidual = 0.1;

    /// <summary>The x with <c>Cdf(x) = probability</c>, from a rough start (any number, NaN included).</summary>
    public static double Quantile(IDistribution distribution, double probability, double start) =>
        Argument.Probability(probability) switch
        {
            0 => distribution.Support.Lower,
            1 => distribution.Support.Upper,
            <= 0.5 => Solve(distribution, Elementary.Log(probability), start, upper: false),
            _ => Solve(distribution, Elementary.Log(1 - probability), start, upper: true),
        };

    /// <summary>The x with <c>1 - Cdf(x) = probability</c>.</summary>
    public static double UpperQuantile(IDistribution distribution, double probability, double start) =>
        Argument.Probability(probability) switch
        {
            0 => distribution.Support.Upper,
            1 => distribution.Support.Lower,
            <= 0.5 => Solve(distribution, Elementary.Log(probability), start, upper: true),
            _ => Solve(distribution, Elementary.Log(1 - probability), start, upper: false),
        };

    private static double Solve(IDistribution distribution, double target, double start, bool upper)
    {
        (double low, double high) = distribution.Support;
        double edge = upper ? double.NegativeInfinity : low;
        double x = start > low && start < high ? start : Middle(low, high);
        for (int iteration = 0; iteration < 200; iteration++)
        {
            double log = upper ? distribution.LogSurvival(x) : distribution.LogCdf(x);
            double excess = upper ? target - log : log - target;
            if (excess > 0)
            {
                high = x;
            }
            else
            {
                low = x;
            }

            double step = -excess / Elementary.Exp(distribution.LogDensity(x) - log);
            double next = Advance(x, step, edge);
            if (Math.Abs(next - x) <= SmallStep * Math.Abs(x) && Math.Abs(excess) < SmallResidual)
            {
                return Math.Clamp(next, distribution.Support.Lower, distribution.Support.Upper);
            }

            if (!(next > low && next < high))
            {
                next = Middle(low, high);
                if (next == low || next == high)
                {
                    return x;
                }
            }

            x = next;
        }

        return x;
    }

    // Near a finite lower end the cdf is a power of the distance to it: a long step is taken in the log of that distance.
    private static double Advance(double x, double step, double edge)
    {
        double distance = x - edge;
        return double.IsFinite(distance) && Math.Abs(step) > 0.1 * distance
            ? edge + (distance * Elementary.Exp(step / distance))
            : x + step;
    }

    // Halfway between two doubles counted in representable numbers.
    private static double Middle(double low, double high)
    {
        long a = Order(low);
        long b = Order(high);
        return FromOrder((a >> 1) + (b >> 1) + (a & b & 1));
    }

    private static long Order(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double FromOrder(long order) =>
        BitConverter.Int64BitsToDouble(order >= 0 ? order : long.MinValue - order);
}
