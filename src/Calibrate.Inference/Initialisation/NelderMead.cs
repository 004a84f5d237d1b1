// J. A. Nelder and R. Mead, "A simplex method for function minimization", The Computer Journal 7 (1965) 308-313, with the coefficients that depend
// on the dimension of F. Gao and L. Han, "Implementing the Nelder-Mead simplex algorithm with adaptive parameters", Computational Optimization
// and Applications 51 (2012) 259-277, equation (4.1): reflection 1, expansion 1 + 2/d, contraction 3/4 - 1/(2d), shrinkage 1 - 1/d.
namespace Calibrate.Inference.Initialisation;

/// <summary>Minimises a function of a few variables without derivatives. Points where it is infinite or NaN are simply bad.</summary>
internal sealed class NelderMead
{
    private readonly Func<double[], double> function;
    private readonly int dimension;
    private readonly double[][] points;
    private readonly double[] values;

    /// <summary>Starts from a simplex of one corner and one point displaced along each axis.</summary>
    internal NelderMead(Func<double[], double> function, double[] start, double startValue, ReadOnlySpan<double> displacements)
    {
        this.function = function;
        dimension = start.Length;
        points = new double[dimension + 1][];
        values = new double[dimension + 1];
        points[0] = [.. start];
        values[0] = startValue;
        for (int j = 0; j < dimension; j++)
        {
            points[j + 1] = [.. start];
            points[j + 1][j] += displacements[j];
            values[j + 1] = Evaluate(points[j + 1]);
        }

        Sort();
    }

    internal int Evaluations { get; private set; }

    internal double[] Best => points[0];

    internal double BestValue => values[0];

    /// <summary>Iterates until the values at the simplex differ by at most <paramref name="tolerance"/> or the evaluations are used up.</summary>
    internal void Minimise(double tolerance, int mostEvaluations)
    {
        while (Evaluations < mostEvaluations && !(values[dimension] - values[0] <= tolerance))
        {
            Iterate();
            Sort();
        }
    }

    private void Iterate()
    {
        double[] centroid = Centroid();
        double expansion = 1 + (2.0 / dimension);
        double contraction = 0.75 - (0.5 / dimension);
        double[] worst = points[dimension];
        double[] reflected = Along(centroid, worst, -1);
        double value = Evaluate(reflected);
        if (value < values[0])
        {
            double[] expanded = Along(centroid, worst, -expansion);
            double expandedValue = Evaluate(expanded);
            Replace(expandedValue < value ? expanded : reflected, Math.Min(expandedValue, value));
        }
        else if (value < values[dimension - 1])
        {
            Replace(reflected, value);
        }
        else
        {
            bool outside = value < values[dimension];
            double[] contracted = Along(centroid, worst, outside ? -contraction : contraction);
            double contractedValue = Evaluate(contracted);
            if (contractedValue <= Math.Min(value, values[dimension]))
            {
                Replace(contracted, contractedValue);
            }
            else
            {
                Shrink();
            }
        }
    }

    private void Shrink()
    {
        // in one dimension the paper's 1 - 1/d is zero: halve, as Nelder and Mead do
        double shrinkage = dimension == 1 ? 0.5 : 1 - (1.0 / dimension);
        for (int i = 1; i <= dimension; i++)
        {
            points[i] = Along(points[0], points[i], shrinkage);
            values[i] = Evaluate(points[i]);
        }
    }

    private double Evaluate(double[] point)
    {
        Evaluations++;
        double value = function(point);
        return double.IsNaN(value) ? double.PositiveInfinity : value;
    }

    private void Replace(double[] point, double value)
    {
        points[dimension] = point;
        values[dimension] = value;
    }

    // A stable insertion sort: equal values keep their order, so that the result is the same everywhere.
    private void Sort()
    {
        for (int i = 1; i <= dimension; i++)
        {
            for (int k = i; k > 0 && values[k] < values[k - 1]; k--)
            {
                (values[k], values[k - 1]) = (values[k - 1], values[k]);
                (points[k], points[k - 1]) = (points[k - 1], points[k]);
            }
        }
    }

    private double[] Centroid()
    {
        double[] centroid = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                centroid[j] += points[i][j] / dimension;
            }
        }

        return centroid;
    }

    private static double[] Along(double[] origin, double[] point, double factor)
    {
        double[] result = new double[origin.Length];
        for (int j = 0; j < result.Length; j++)
        {
            result[j] = origin[j] + (factor * (point[j] - origin[j]));
        }

        return result;
    }
}
