namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// The draws of one parameter, seen as chains × iterations over a flat chain-major array:
/// <c>Values[chain * Iterations + iteration]</c>.
/// </summary>
/// <remarks>
/// A walker is a chain. With several ensembles the layout is ensemble-major: walker <c>w</c> of ensemble <c>e</c>, of
/// <c>W</c> walkers each, is chain <c>e * W + w</c>. The view copies nothing; the array may be longer than the matrix, so that
/// one buffer can be reused for parameter after parameter.
/// </remarks>
public readonly record struct DrawMatrix
{
    /// <summary>Views <paramref name="values"/> as <paramref name="chains"/> × <paramref name="iterations"/> draws.</summary>
    /// <param name="values">Draws, chain after chain; at least <c>chains * iterations</c> long.</param>
    /// <param name="chains">Number of chains, at least 1.</param>
    /// <param name="iterations">Draws per chain, at least 0.</param>
    /// <exception cref="ArgumentException">The array is too short for the stated shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No chains, or a negative number of iterations.</exception>
    public DrawMatrix(double[] values, int chains, int iterations)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(iterations);
        if (values.Length < (long)chains * iterations)
        {
            throw new ArgumentException(
                $"{chains} chains of {iterations} draws need {(long)chains * iterations} values; the array holds {values.Length}.",
                nameof(values));
        }

        Values = values;
        Chains = chains;
        Iterations = iterations;
    }

    /// <summary>The underlying array; only its first <see cref="Count"/> elements belong to the matrix.</summary>
    public double[] Values { get; }

    /// <summary>Number of chains.</summary>
    public int Chains { get; }

    /// <summary>Draws per chain.</summary>
    public int Iterations { get; }

    /// <summary>Number of draws in all chains.</summary>
    public int Count => Chains * Iterations;

    /// <summary>All draws, chain after chain.</summary>
    public ReadOnlySpan<double> All => Values.AsSpan(0, Count);

    /// <summary>The draws of one chain in the order of its iterations.</summary>
    /// <param name="chain">Chain index from 0.</param>
    public ReadOnlySpan<double> Chain(int chain) => Values.AsSpan(chain * Iterations, Iterations);
}
