namespace Calibrate.Problems.Parameters;

/// <summary>
/// The map from the space where walkers move (sampled: free parameters after their transforms) to the space that models
/// understand (natural: every parameter, with ties and fixed values filled in), with the prior and the Jacobian.
/// Implementations are immutable: one instance may serve any number of threads.
/// </summary>
/// <remarks>Batches are structures of arrays: <c>points[j * count + i]</c> is coordinate j of point i.</remarks>
public interface IParameterSpace
{
    /// <summary>Number of sampled (free) parameters.</summary>
    int Dimension { get; }

    /// <summary>Number of natural parameters: those of the model in the model's order, then those only the likelihood uses.</summary>
    int NaturalDimension { get; }

    /// <summary>Whether natural equals sampled, and log prior and log Jacobian are zero everywhere.</summary>
    bool IsIdentity { get; }

    /// <summary>Whether every free parameter has a proper prior, so that <see cref="SamplePrior"/> works.</summary>
    bool CanSamplePrior { get; }

    /// <summary>Maps a batch of points and evaluates log prior and log Jacobian of each.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="sampled">Sampled-space positions, <see cref="Dimension"/> x count.</param>
    /// <param name="natural">Receives the natural positions, <see cref="NaturalDimension"/> x count.</param>
    /// <param name="logPriors">
    /// Receives the log prior density in natural space, one per point: negative infinity outside the prior's support,
    /// where the natural values are unspecified and must not be evaluated. Never NaN.
    /// </param>
    /// <param name="logJacobians">Receives ln |d natural / d sampled| over the free parameters, one per point.</param>
    void Evaluate(
        int count,
        ReadOnlySpan<double> sampled,
        Span<double> natural,
        Span<double> logPriors,
        Span<double> logJacobians);

    /// <summary>Draws one point from the prior.</summary>
    /// <param name="uniforms"><see cref="Dimension"/> numbers in (0, 1), one per free parameter.</param>
    /// <param name="sampled">Receives the sampled-space position, <see cref="Dimension"/> numbers.</param>
    /// <exception cref="InvalidOperationException"><see cref="CanSamplePrior"/> is false.</exception>
    void SamplePrior(ReadOnlySpan<double> uniforms, Span<double> sampled);

    /// <summary>Maps natural values of the free parameters to the sampled space: the inverse of the transforms.</summary>
    /// <param name="free">Natural values of the free parameters, <see cref="Dimension"/> numbers in sampled order.</param>
    /// <param name="sampled">Receives the sampled-space position; not finite where a value is outside its transform's range.</param>
    void ToSampled(ReadOnlySpan<double> free, Span<double> sampled) => free[..Dimension].CopyTo(sampled);
}
