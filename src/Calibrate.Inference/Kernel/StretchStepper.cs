using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Kernel;

/// <summary>
/// One iteration of the stretch move over a whole ensemble, on a working copy of it. Implementations differ in how
/// they compute, never in what.
/// </summary>
internal abstract class StretchStepper
{
    /// <summary>Distance between the rows of two parameters in <see cref="Positions"/>; at least the number of walkers.</summary>
    public abstract int Stride { get; }

    /// <summary>Sampled-space positions, <c>[parameter * Stride + walker]</c>.</summary>
    public abstract ReadOnlySpan<double> Positions { get; }

    /// <summary>Log likelihood plus log prior, per walker.</summary>
    public abstract ReadOnlySpan<double> LogPosteriors { get; }

    /// <summary>Recorded model outputs, <c>[output * walkers + walker]</c>.</summary>
    public abstract ReadOnlySpan<double> Recorded { get; }

    /// <summary>Per walker: 1 if its proposal of the last iteration was accepted, else 0.</summary>
    public abstract ReadOnlySpan<byte> Accepted { get; }

    /// <summary>Likelihood evaluations so far.</summary>
    public abstract long Evaluations { get; }

    /// <summary>Adds the accepted proposals since the last call to each walker's count, and returns how many they are.</summary>
    public abstract long DrainAccepted(Span<long> byWalker);

    /// <summary>Copies the ensemble in.</summary>
    public abstract void Load(EnsembleSpans ensemble);

    /// <summary>Copies the ensemble out.</summary>
    public abstract void Store(EnsembleSpans ensemble);

    /// <summary>Steps every walker once: first split, then second.</summary>
    /// <param name="likelihood">The calling thread's likelihood.</param>
    /// <param name="iteration">Number of the iteration, at least 1.</param>
    /// <param name="observer">Hears of failed evaluations.</param>
    public abstract void Step(ILikelihood likelihood, int iteration, IFailureObserver? observer);
}
