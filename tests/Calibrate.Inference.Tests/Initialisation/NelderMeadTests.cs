using Calibrate.Inference.Initialisation;

namespace Calibrate.Inference.Tests.Initialisation;

public class NelderMeadTests
{
    [Fact]
    public void FindsTheMinimumOfAParabola()
    {
        NelderMead simplex = Minimise(x => (x[0] - 3) * (x[0] - 3), [10]);
        Assert.Equal(3, simplex.Best[0], 1e-5);
    }

    [Fact]
    public void FindsTheMinimumOfRosenbrocksValley()
    {
        NelderMead simplex = Minimise(x => (100 * Math.Pow(x[1] - (x[0] * x[0]), 2)) + Math.Pow(1 - x[0], 2), [-1.2, 1]);
        Assert.Equal(1, simplex.Best[0], 1e-4);
        Assert.Equal(1, simplex.Best[1], 1e-4);
        Assert.InRange(simplex.BestValue, 0, 1e-8);
    }

    [Fact]
    public void FindsTheMinimumInManyDimensions()
    {
        NelderMead simplex = Minimise(x => x.Select((value, j) => (j + 1) * (value - j) * (value - j)).Sum(), new double[10]);
        for (int j = 0; j < 10; j++)
        {
            Assert.Equal(j, simplex.Best[j], 1e-3);
        }
    }

    /// <summary>The minimum of x + y over the quarter plane x, y &gt; 1 is its corner; outside everything is infinite or NaN.</summary>
    [Fact]
    public void StaysWhereTheFunctionIsFinite()
    {
        NelderMead simplex = Minimise(x => x[0] > 1 ? (x[1] > 1 ? x[0] + x[1] : double.NaN) : double.PositiveInfinity, [5, 4]);
        Assert.InRange(simplex.BestValue, 2, 2.5);
    }

    [Fact]
    public void EndsWhenTheEvaluationsAreUsedUp()
    {
        int calls = 0;
        double Slope(double[] x)
        {
            calls++;
            return x[0];
        }

        NelderMead simplex = new(Slope, [0.0], 0, [1.0]);
        simplex.Minimise(1e-9, 50);
        Assert.Equal(calls, simplex.Evaluations);
        Assert.InRange(calls, 50, 53);
    }

    private static NelderMead Minimise(Func<double[], double> function, double[] start)
    {
        double[] displacements = new double[start.Length];
        Array.Fill(displacements, 0.5);
        NelderMead simplex = new(function, start, function(start), displacements);
        simplex.Minimise(1e-12, 20_000);
        return simplex;
    }
}
