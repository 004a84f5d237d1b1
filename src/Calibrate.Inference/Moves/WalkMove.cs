// The walk move: Goodman & Weare, "Ensemble samplers with affine invariance", CAMCoS 5 (2010) 65-80, equation (11).
//
// q = s + sum_j Z_j (X_j - mean) / sqrt(S - 1) over S helpers X_j with their mean, Z_j standard normal: a normal step whose covariance is the sample
// covariance of the helpers. Symmetric: factor 1.
// The paper's (11) has no 1 / sqrt(S - 1) and draws W of covariance (1/S) sum (X - mean)(X - mean)'; emcee draws from numpy's cov, which divides by
// S - 1 (ddof = 1), and so do we. Helpers: the whole complement, or S of it without replacement (the paper: any S > 1 is valid).
namespace Calibrate.Inference.Moves;

/// <summary>Goodman and Weare's walk move.</summary>
public sealed class WalkMove : IEnsembleMove
{
    private readonly int? count;

    /// <summary>Creates the move.</summary>
    /// <param name="helpers">Number S of helpers per proposal, at least 2; null for the whole complement.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two helpers.</exception>
    public WalkMove(int? helpers = null)
    {
        if (helpers < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(helpers), helpers, "The walk move needs at least 2 helpers.");
        }

        count = helpers;
    }

    /// <inheritdoc/>
    public string Name => "walk";

    /// <inheritdoc/>
    public int Splits => 2;

    /// <inheritdoc/>
    public bool ReadsWholeComplement(int complement) => HelperCount(complement) == complement;

    /// <inheritdoc/>
    public int SmallestComplement(int dimension) => count ?? 2;

    /// <inheritdoc/>
    public int HelperCount(int complement) => count ?? complement;

    /// <inheritdoc/>
    public int NormalCount(int dimension, int complement) => HelperCount(complement);

    /// <inheritdoc/>
    public void SelectHelpers(ReadOnlySpan<uint> words, int complement, Span<int> helpers)
    {
        int chosen = HelperCount(complement);
        if (chosen == complement)
        {
            HelperSelection.Everyone(helpers[..chosen]);
        }
        else
        {
            HelperSelection.Distinct(words, complement, helpers[..chosen]);
        }
    }

    /// <inheritdoc/>
    public double Propose(in ProposalVariates variates, ReadOnlySpan<double> current, ReadOnlySpan<double> helpers, MoveWorkspace workspace, Span<double> proposal)
    {
        int chosen = variates.Normals.Length;
        double scale = 1 / Math.Sqrt(chosen - 1);
        for (int j = 0; j < current.Length; j++)
        {
            ReadOnlySpan<double> row = helpers.Slice(j * chosen, chosen);
            double mean = 0;
            for (int k = 0; k < chosen; k++)
            {
                mean += row[k];
            }

            mean /= chosen;
            double step = 0;
            for (int k = 0; k < chosen; k++)
            {
                step += variates.Normals[k] * (row[k] - mean);
            }

            proposal[j] = current[j] + (scale * step);
        }

        return 0;
    }
}
