// Proposals from a kernel density estimate of the complement: emcee's KDEMove, itself a simplified form of kombine (Farr & Farr 2015).
//
// q is drawn from a Gaussian kernel density estimate of the complement, whatever the walker's own position s: an independence proposal, so
// ln factor = ln kde(s) - ln kde(q). It needs many walkers, and few dimensions.
// Kernel covariance = sample covariance of the complement (divisor n - 1) times the squared bandwidth factor, as scipy.stats.gaussian_kde.
// Scott's factor n^(-1/(d+4)): D. W. Scott, "Multivariate Density Estimation" (1992), scipy's default.
using Calibrate.Numerics;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Moves;

/// <summary>Proposals from a kernel density estimate of the complementary ensemble.</summary>
public sealed class KernelDensityMove : IEnsembleMove
{
    private readonly double? bandwidth;

    /// <summary>Creates the move.</summary>
    /// <param name="bandwidth">The factor on the complement's standard deviations, positive; null for Scott's n^(-1/(d+4)).</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not positive, or not finite.</exception>
    public KernelDensityMove(double? bandwidth = null)
    {
        if (bandwidth is { } value && !(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(nameof(bandwidth), value, "The bandwidth of the KDE move must be finite and positive.");
        }

        this.bandwidth = bandwidth;
    }

    /// <inheritdoc/>
    public string Name => "kde";

    /// <inheritdoc/>
    public int Splits => 2;

    /// <inheritdoc/>
    public bool ReadsWholeComplement(int complement) => true;

    /// <summary>One more than the dimension: fewer points have a singular covariance.</summary>
    /// <param name="dimension">Number of sampled parameters.</param>
    public int SmallestComplement(int dimension) => dimension + 1;

    /// <inheritdoc/>
    public int HelperCount(int complement) => complement;

    /// <inheritdoc/>
    public int NormalCount(int dimension, int complement) => dimension;

    /// <inheritdoc/>
    public void SelectHelpers(ReadOnlySpan<uint> words, int complement, Span<int> helpers) => HelperSelection.Everyone(helpers[..complement]);

    /// <inheritdoc/>
    public double Propose(in ProposalVariates variates, ReadOnlySpan<double> current, ReadOnlySpan<double> helpers, MoveWorkspace workspace, Span<double> proposal)
    {
        int d = current.Length;
        int n = helpers.Length / d;
        Span<double> memory = workspace.Numbers((d * d) + d + d + n);
        Span<double> factor = memory[..(d * d)];
        Span<double> mean = memory.Slice(d * d, d);
        Span<double> difference = memory.Slice((d * d) + d, d);
        Span<double> exponents = memory.Slice((d * d) + (2 * d), n);

        double scale = bandwidth ?? Elementary.Exp(-Elementary.Log(n) / (d + 4));
        SampleCovariance.Compute(helpers, d, n, scale * scale, mean, factor);
        if (!SampleCovariance.FactorInPlace(factor, d))
        {
            return double.NaN; // the complement lies in a subspace: there is no density to draw from
        }

        int center = RandomBits.Index(variates.Word, n);
        for (int j = 0; j < d; j++)
        {
            double step = 0;
            for (int k = 0; k <= j; k++)
            {
                step += factor[(j * d) + k] * variates.Normals[k];
            }

            proposal[j] = helpers[(j * n) + center] + step;
        }

        return LogDensity(current, helpers, factor, difference, exponents) - LogDensity(proposal, helpers, factor, difference, exponents);
    }

    // ln sum_k exp(-|L^-1 (x - X_k)|^2 / 2); the normalising constant cancels in the difference of two calls.
    private static double LogDensity(ReadOnlySpan<double> x, ReadOnlySpan<double> helpers, ReadOnlySpan<double> factor, Span<double> difference, Span<double> exponents)
    {
        int d = x.Length;
        int n = exponents.Length;
        double largest = double.NegativeInfinity;
        for (int i = 0; i < n; i++)
        {
            double squared = 0;
            for (int j = 0; j < d; j++)
            {
                double remainder = x[j] - helpers[(j * n) + i];
                for (int k = 0; k < j; k++)
                {
                    remainder -= factor[(j * d) + k] * difference[k];
                }

                difference[j] = remainder / factor[(j * d) + j];
                squared += difference[j] * difference[j];
            }

            exponents[i] = -0.5 * squared;
            largest = Math.Max(largest, exponents[i]);
        }

        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += Elementary.Exp(exponents[i] - largest);
        }

        return largest + Elementary.Log(sum);
    }
}
