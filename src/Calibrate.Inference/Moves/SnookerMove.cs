// The snooker update: Ter Braak & Vrugt, "Differential Evolution Markov chain with snooker updater and fewer chains", Statistics and Computing
// 18 (2008) 435-446, equations (3) and (4).
//
// The walker at s moves along the line through the helper z, by the difference of two further helpers projected onto that line:
// q = s + gamma u (u.z1 - u.z2), u = (s - z) / |s - z|. The line is chosen from outside, so the density along it carries |q - z|^(d-1):
// ln factor = (d - 1) ln(|q - z| / |s - z|).
// gamma = 1.7 is the paper's, between 1.2 and 2.2: 2.38 / sqrt(2) for the one-dimensional difference.
// Four parts, as in emcee, which takes one helper from each of the other three and shuffles them. With parts drawn at random in every iteration
// that is the same as three distinct helpers from their union, which is what we draw.
using Calibrate.Numerics;

namespace Calibrate.Inference.Moves;

/// <summary>The differential evolution move with a snooker update.</summary>
public sealed class SnookerMove : IEnsembleMove
{
    /// <summary>The paper's factor.</summary>
    public const double DefaultGamma = 1.7;

    private const int Count = 3;

    /// <summary>Creates the move.</summary>
    /// <param name="gamma">The factor on the projected difference, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not positive, or not finite.</exception>
    public SnookerMove(double gamma = DefaultGamma)
    {
        if (!(gamma > 0 && double.IsFinite(gamma)))
        {
            throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "The factor of the snooker move must be finite and positive.");
        }

        Gamma = gamma;
    }

    /// <summary>The factor on the projected difference.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public string Name => "snooker";

    /// <inheritdoc/>
    public int Splits => 4;

    /// <inheritdoc/>
    public bool ReadsWholeComplement(int complement) => false;

    /// <inheritdoc/>
    public int SmallestComplement(int dimension) => Count;

    /// <inheritdoc/>
    public int HelperCount(int complement) => Count;

    /// <inheritdoc/>
    public int NormalCount(int dimension, int complement) => 0;

    /// <inheritdoc/>
    public void SelectHelpers(ReadOnlySpan<uint> words, int complement, Span<int> helpers) => HelperSelection.Distinct(words, complement, helpers[..Count]);

    /// <inheritdoc/>
    public double Propose(in ProposalVariates variates, ReadOnlySpan<double> current, ReadOnlySpan<double> helpers, MoveWorkspace workspace, Span<double> proposal)
    {
        int dimension = current.Length;
        double squared = 0;
        double projected = 0;
        for (int j = 0; j < dimension; j++)
        {
            ReadOnlySpan<double> row = helpers.Slice(j * Count, Count);
            double delta = current[j] - row[0];
            squared += delta * delta;
            projected += delta * (row[1] - row[2]);
        }

        // u (u.z1 - u.z2) = delta (delta.(z1 - z2)) / |delta|^2; two walkers on one point give 0/0: NaN, never accepted
        double shift = Gamma * projected / squared;
        double squaredAfter = 0;
        for (int j = 0; j < dimension; j++)
        {
            double anchor = helpers[j * Count];
            proposal[j] = current[j] + (shift * (current[j] - anchor));
            double delta = proposal[j] - anchor;
            squaredAfter += delta * delta;
        }

        // ln(|q - z| / |s - z|) from the squares: half their log
        return (dimension - 1) * 0.5 * (Elementary.Log(squaredAfter) - Elementary.Log(squared));
    }
}
