using System.Runtime.CompilerServices;

namespace Calibrate.Inference.Moves;

/// <summary>
/// The stretch move's formulas, written once: the kernel, the dataflow driver and the tests all step by them, and the
/// vector kernel repeats them operation by operation, so that every driver samples the same chain to the last bit.
/// </summary>
/// <remarks>
/// Goodman and Weare, "Ensemble samplers with affine invariance", Communications in Applied Mathematics and
/// Computational Science 5 (2010) 65-80, equations 7 to 10. Nothing here may be contracted or reordered.
/// </remarks>
public static class StretchFormulas
{
    /// <summary>The paper's stretch scale a = 2, which every implementation uses unless told otherwise.</summary>
    public const double DefaultScale = 2;

    /// <summary>
    /// The stretch factor z in [1/a, a], whose density is proportional to 1 / sqrt(z): the inverse of its distribution
    /// function, z = ((a - 1) u + 1)^2 / a.
    /// </summary>
    /// <param name="uniform">In (0, 1).</param>
    /// <param name="scale">The stretch scale a, above 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Factor(double uniform, double scale)
    {
        double root = ((scale - 1) * uniform) + 1;
        return root * root / scale;
    }

    /// <summary>One component of the proposal: on the line through helper and walker, z times as far from the helper.</summary>
    /// <param name="helper">Component of the helper's position.</param>
    /// <param name="walker">Component of the moving walker's position.</param>
    /// <param name="factor">The stretch factor z.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Proposal(double helper, double walker, double factor) => helper - ((helper - walker) * factor);

    /// <summary>ln of the factor that keeps detailed balance: (d - 1) ln z.</summary>
    /// <param name="dimension">Number of sampled parameters d.</param>
    /// <param name="factor">The stretch factor z.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogFactor(int dimension, double factor) => (dimension - 1) * Numerics.Elementary.Log(factor);

    /// <summary>Whether a proposal is accepted; never when a target is NaN, nor when both are negative infinity.</summary>
    /// <param name="logFactor">ln of the move's factor.</param>
    /// <param name="proposedTarget">Log density of the sampled space at the proposal.</param>
    /// <param name="currentTarget">Log density of the sampled space at the walker.</param>
    /// <param name="logUniform">ln of the acceptance uniform.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Accepts(double logFactor, double proposedTarget, double currentTarget, double logUniform) =>
        (logFactor + proposedTarget) - currentTarget > logUniform;
}
