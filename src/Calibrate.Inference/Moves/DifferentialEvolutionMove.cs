// Differential evolution: Ter Braak, "A Markov chain Monte Carlo version of the genetic algorithm Differential Evolution", Statistics and
// Computing 16 (2006) 239-249, equation (2), with the noise of Nelson, Ford & Payne, "RUN DMC", ApJS 210 (2014) 11, section 2: the factor gamma
// is perturbed instead of the position, which keeps the move affine invariant (as emcee since version 3.1.5).
//
// q = s + gamma (c1 - c2) with gamma = gamma0 (1 + sigma N(0, 1)) and two distinct helpers. The proposal is symmetric: factor 1.
// gamma0 = 2.38 / sqrt(2 d): optimal for a Gaussian target (Roberts & Rosenthal 2001), for differences have twice the target's covariance.
// gamma0 = 1 jumps between modes of equal shape; Ter Braak uses it every tenth iteration: give it a tenth of the weight in a mixture.
// sigma = 1e-5: only to make the chain irreducible when helpers sit on a lattice; any small number does.
using Calibrate.Numerics;

namespace Calibrate.Inference.Moves;

/// <summary>The differential evolution move.</summary>
public sealed class DifferentialEvolutionMove : IEnsembleMove
{
    /// <summary>Default standard deviation of the relative noise on the factor.</summary>
    public const double DefaultSigma = 1e-5;

    private readonly double? gamma;

    /// <summary>Creates the move.</summary>
    /// <param name="gamma">The factor gamma0 on the difference of two helpers, positive; null for 2.38 / sqrt(2 d).</param>
    /// <param name="sigma">Standard deviation of the factor's relative noise, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public DifferentialEvolutionMove(double? gamma = null, double sigma = DefaultSigma)
    {
        if (gamma is { } value && !(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(nameof(gamma), value, "The factor of the DE move must be finite and positive.");
        }

        if (!(sigma >= 0 && double.IsFinite(sigma)))
        {
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "The noise of the DE move must be finite and not negative.");
        }

        this.gamma = gamma;
        Sigma = sigma;
    }

    /// <summary>Standard deviation of the factor's relative noise.</summary>
    public double Sigma { get; }

    /// <inheritdoc/>
    public string Name => "de";

    /// <inheritdoc/>
    public int Splits => 2;

    /// <summary>The factor gamma0 in a space of this dimension.</summary>
    /// <param name="dimension">Number of sampled parameters.</param>
    public double Gamma(int dimension) => gamma ?? 2.38 / Math.Sqrt(2.0 * dimension);

    /// <inheritdoc/>
    public bool ReadsWholeComplement(int complement) => false;

    /// <inheritdoc/>
    public int SmallestComplement(int dimension) => 2;

    /// <inheritdoc/>
    public int HelperCount(int complement) => 2;

    /// <inheritdoc/>
    public int NormalCount(int dimension, int complement) => 0;

    /// <inheritdoc/>
    public void SelectHelpers(ReadOnlySpan<uint> words, int complement, Span<int> helpers) => HelperSelection.Distinct(words, complement, helpers[..2]);

    /// <inheritdoc/>
    public double Propose(in ProposalVariates variates, ReadOnlySpan<double> current, ReadOnlySpan<double> helpers, MoveWorkspace workspace, Span<double> proposal)
    {
        // the one normal comes from the step's proposal uniform: no further block of random words
        double factor = Gamma(current.Length) * (1 + (Sigma * NormalQuantile.Of(variates.Uniform)));
        for (int j = 0; j < current.Length; j++)
        {
            proposal[j] = current[j] + (factor * (helpers[2 * j] - helpers[(2 * j) + 1]));
        }

        return 0;
    }
}
