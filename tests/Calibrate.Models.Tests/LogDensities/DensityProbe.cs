using Calibrate.Models.Lanes;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Tests.LogDensities;

/// <summary>Evaluates a density at single points, and checks what every density must keep.</summary>
internal static class DensityProbe
{
    private static readonly int[] Counts = [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 33, 64];

    public static double At(ILogDensity density, params double[] point)
    {
        Assert.Equal(density.Dimension, point.Length);
        double[] value = new double[1];
        density.Evaluate(1, point, value);
        return value[0];
    }

    /// <summary>Widths and batch sizes change no bit, odd values included, and nothing beyond the batch is written.</summary>
    public static void CheckBits(Func<LaneWidth, ILogDensity> create)
    {
        Random random = new(17);
        ILogDensity scalar = create(LaneWidth.Scalar);
        foreach (int count in Counts)
        {
            double[] points = [.. Enumerable.Range(0, scalar.Dimension * count).Select(_ => (random.NextDouble() - 0.5) * 20)];
            points[random.Next(points.Length)] = double.NaN;
            points[random.Next(points.Length)] = 1e200;
            double[] expected = [.. Enumerable.Range(0, count).Select(i =>
                At(scalar, [.. Enumerable.Range(0, scalar.Dimension).Select(j => points[(j * count) + i])]))];
            foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
            {
                double[] actual = new double[count + 1];
                actual[count] = 7;
                create(width).Evaluate(count, points, actual);
                Bits.AssertSame(expected, actual.AsSpan(0, count));
                Assert.Equal(7, actual[count]);
            }
        }
    }

    /// <summary>A batch allocates nothing.</summary>
    public static void CheckAllocation(ILogDensity density)
    {
        double[] points = new double[density.Dimension * 29];
        double[] values = new double[29];
        density.Evaluate(29, points, values);
        long before = GC.GetAllocatedBytesForCurrentThread();
        density.Evaluate(29, points, values);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>Integral of exp(log density) over a rectangle by the trapezoidal rule, which is exact to all digits for smooth
    /// densities that vanish at the border.</summary>
    public static double Integrate(ILogDensity density, (double From, double To) x, (double From, double To) y, int steps)
    {
        double[] points = new double[2 * steps];
        double[] values = new double[steps];
        double dx = (x.To - x.From) / steps;
        double dy = (y.To - y.From) / steps;
        double sum = 0;
        for (int i = 0; i < steps; i++)
        {
            for (int j = 0; j < steps; j++)
            {
                points[j] = x.From + (dx * i);
                points[steps + j] = y.From + (dy * j);
            }

            density.Evaluate(steps, points, values);
            sum += values.Sum(Math.Exp);
        }

        return sum * dx * dy;
    }
}
