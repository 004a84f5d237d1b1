namespace Calibrate.Numerics.Distributions.Special;

/// <summary>The Gauss-Legendre rule of 32 points on [-1, 1]: exact for polynomials up to degree 63.</summary>
/// <remarks>
/// Nodes are the roots of the Legendre polynomial P_32, found by Newton's method from Tricomi's estimate;
/// weights 2 / ((1 - x^2) P'_32(x)^2) (Abramowitz and Stegun 25.4.29).
/// </remarks>
internal static class GaussLegendre
{
    private const int Order = 32;

    private static readonly (double Node, double Weight)[] HalfRule = Build();

    /// <summary>A function to integrate, as a struct so that the integral inlines it and allocates nothing.</summary>
    public interface IIntegrand
    {
        double Value(double x);
    }

    /// <summary>The integral over [lower, upper].</summary>
    public static double Integrate<T>(in T integrand, double lower, double upper)
        where T : struct, IIntegrand
    {
        double centre = 0.5 * (lower + upper);
        double half = 0.5 * (upper - lower);
        double sum = 0;
        foreach ((double node, double weight) in HalfRule)
        {
            sum += weight * (integrand.Value(centre - (half * node)) + integrand.Value(centre + (half * node)));
        }

        return half * sum;
    }

    private static (double Node, double Weight)[] Build()
    {
        var rule = new (double, double)[Order / 2];
        for (int i = 0; i < rule.Length; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (Order + 0.5));
            double slope = 0;
            for (int iteration = 0; iteration < 8; iteration++)
            {
                (double value, slope) = Legendre(x);
                x -= value / slope;
            }

            rule[i] = (x, 2 / ((1 - (x * x)) * slope * slope));
        }

        return rule;
    }

    private static (double Value, double Slope) Legendre(double x)
    {
        double previous = 1;
        double current = x;
        for (int n = 2; n <= Order; n++)
        {
            (previous, current) = (current, ((((2 * n) - 1) * x * current) - ((n - 1) * previous)) / n);
        }

        return (current, Order * ((x * current) - previous) / ((x * x) - 1));
    }
}
