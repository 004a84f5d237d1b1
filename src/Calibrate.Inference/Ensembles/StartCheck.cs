// Foreman-Mackey et al., emcee 3: walkers_independent in ensemble.py. The initial positions are centred, every parameter is divided by its largest
// deviation and then by its norm; the condition number of what remains must not exceed 1e8, the square root of what double precision resolves.
using Calibrate.Inference.Moves;
using Calibrate.Inference.States;
using MathNet.Numerics.LinearAlgebra;

namespace Calibrate.Inference.Ensembles;

/// <summary>Whether an ensemble can explore its space: the moves never leave the subspace that the walkers span.</summary>
internal static class StartCheck
{
    /// <summary>Largest condition number of an initial ensemble.</summary>
    internal const double LargestCondition = 1e8;

    /// <summary>Why ensembles of this shape cannot be sampled with these moves; null if they can.</summary>
    internal static string? RefuseShape(EnsembleShape shape, MoveMixture moves)
    {
        if (shape.Walkers % 2 != 0)
        {
            return RefusalTexts.OddWalkers(shape.Walkers);
        }

        if (shape.Walkers < 2 * shape.Dimension)
        {
            return RefusalTexts.FewWalkers(shape.Walkers, shape.Dimension);
        }

        for (int m = 0; m < moves.Count; m++)
        {
            int needed = moves[m].SmallestComplement(shape.Dimension);
            for (int split = 0; split < moves[m].Splits; split++)
            {
                int complement = shape.Walkers - IterationPlan.SplitSize(shape.Walkers, moves[m].Splits, split);
                if (complement < needed)
                {
                    return RefusalTexts.FewHelpers(moves[m].Name, shape.Walkers, complement, needed);
                }
            }
        }

        return null;
    }

    /// <summary>Why an initial ensemble is degenerate; null if it is not.</summary>
    internal static string? RefuseStart(int ensemble, EnsembleShape shape, ReadOnlySpan<double> positions, IReadOnlyList<string> names)
    {
        Matrix<double> scaled = Matrix<double>.Build.Dense(shape.Walkers, shape.Dimension);
        for (int j = 0; j < shape.Dimension; j++)
        {
            ReadOnlySpan<double> values = positions.Slice(j * shape.Walkers, shape.Walkers);
            double mean = 0;
            foreach (double value in values)
            {
                mean += value / shape.Walkers;
            }

            double largest = 0;
            foreach (double value in values)
            {
                largest = Math.Max(largest, Math.Abs(value - mean));
            }

            if (values.IndexOfAnyExcept(values[0]) < 0)
            {
                return RefusalTexts.ConstantParameter(ensemble, names[j]);
            }

            double squares = 0;
            for (int w = 0; w < values.Length; w++)
            {
                double deviation = (values[w] - mean) / largest;
                squares += deviation * deviation;
                scaled[w, j] = deviation;
            }

            for (int w = 0; w < values.Length; w++)
            {
                scaled[w, j] /= Math.Sqrt(squares);
            }
        }

        double condition = scaled.ConditionNumber();
        return condition <= LargestCondition ? null : RefusalTexts.DegenerateStart(ensemble, condition);
    }
}
