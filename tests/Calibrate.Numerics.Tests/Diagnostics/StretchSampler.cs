using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

/// <summary>
/// A small affine-invariant ensemble sampler of the standard normal distribution (Goodman and Weare 2010, stretch move with a = 2),
/// started in equilibrium: draws whose mean and spread are known and whose walkers depend on each other.
/// </summary>
internal sealed class StretchSampler(TestNoise noise, int ensembles, int walkers, int dimension)
{
    /// <summary>Draws of every parameter, ensemble-major.</summary>
    public DrawMatrix[] Run(int iterations)
    {
        var values = Enumerable.Range(0, dimension).Select(_ => new double[ensembles * walkers * iterations]).ToArray();
        for (var ensemble = 0; ensemble < ensembles; ensemble++)
        {
            var positions = Enumerable.Range(0, walkers).Select(_ => noise.Normals(dimension)).ToArray();
            for (var i = 0; i < iterations; i++)
            {
                for (var walker = 0; walker < walkers; walker++)
                {
                    Step(positions, walker);
                    for (var j = 0; j < dimension; j++)
                    {
                        values[j][(((ensemble * walkers) + walker) * iterations) + i] = positions[walker][j];
                    }
                }
            }
        }

        return [.. values.Select(draws => new DrawMatrix(draws, ensembles * walkers, iterations))];
    }

    /// <summary>Helpers come from the half of the ensemble that the walker is not in.</summary>
    private void Step(double[][] positions, int walker)
    {
        var half = walkers / 2;
        var helper = positions[(int)(noise.Uniform() * half) + (walker < half ? half : 0)];
        var stretch = Math.Pow(1 + noise.Uniform(), 2) / 2;
        var current = positions[walker];
        var proposal = new double[dimension];
        var logRatio = (dimension - 1) * Math.Log(stretch);
        for (var j = 0; j < dimension; j++)
        {
            proposal[j] = helper[j] + (stretch * (current[j] - helper[j]));
            logRatio += 0.5 * ((current[j] * current[j]) - (proposal[j] * proposal[j]));
        }

        if (Math.Log(noise.Uniform()) < logRatio)
        {
            positions[walker] = proposal;
        }
    }
}
