// The stretch move: Goodman & Weare, "Ensemble samplers with affine invariance", CAMCoS 5 (2010) 65-80, equations (7), (9) and (10); in two
// halves as Foreman-Mackey et al., "emcee: The MCMC Hammer", PASP 125 (2013) 306, algorithm 3.
//
// A walker at s is moved along the line through one helper c: q = c - (c - s) z, where z has density proportional to 1/sqrt(z) on [1/a, a], drawn
// as ((a - 1) u + 1)^2 / a. The factor z^(d-1) is the Jacobian of that one-dimensional move in d dimensions.
// a = 2 is the paper's value and everybody's default: half to double the distance.
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Moves;

/// <summary>Goodman and Weare's stretch move.</summary>
public sealed class StretchMove : IEnsembleMove
{
    /// <summary>The paper's scale.</summary>
    public const double DefaultScale = StretchFormulas.DefaultScale;

    /// <summary>Creates the move.</summary>
    /// <param name="scale">The largest stretch a, above 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not above 1, or not finite.</exception>
    public StretchMove(double scale = DefaultScale)
    {
        if (!(scale > 1 && double.IsFinite(scale)))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale of the stretch move must be finite and above 1.");
        }

        Scale = scale;
    }

    /// <summary>The largest stretch a.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public string Name => "stretch";

    /// <inheritdoc/>
    public int Splits => 2;

    /// <inheritdoc/>
    public bool ReadsWholeComplement(int complement) => false;

    /// <inheritdoc/>
    public int SmallestComplement(int dimension) => 1;

    /// <inheritdoc/>
    public int HelperCount(int complement) => 1;

    /// <inheritdoc/>
    public int NormalCount(int dimension, int complement) => 0;

    /// <inheritdoc/>
    public void SelectHelpers(ReadOnlySpan<uint> words, int complement, Span<int> helpers) => helpers[0] = RandomBits.Index(words[0], complement);

    /// <inheritdoc/>
    public double Propose(in ProposalVariates variates, ReadOnlySpan<double> current, ReadOnlySpan<double> helpers, MoveWorkspace workspace, Span<double> proposal)
    {
        double z = StretchFormulas.Factor(variates.Uniform, Scale);
        for (int j = 0; j < current.Length; j++)
        {
            proposal[j] = StretchFormulas.Proposal(helpers[j], current[j], z);
        }

        return StretchFormulas.LogFactor(current.Length, z);
    }
}
