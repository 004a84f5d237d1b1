namespace Calibrate.Inference.Kernel;

/// <summary>The numbers of every walker, by parameter, target and log posterior, in rows of one order.</summary>
internal readonly unsafe struct WideEnsemble
{
    public WideEnsemble(WideLayout layout, int dimension, bool targetsArePosteriors, PinnedMemory memory)
    {
        Positions = memory.Take<double>(layout.Stride * dimension);
        Targets = memory.Take<double>(layout.Stride);
        LogPosteriors = targetsArePosteriors ? Targets : memory.Take<double>(layout.Stride);
    }

    /// <summary>Sampled-space positions, <c>[parameter * stride + place]</c>.</summary>
    public double* Positions { get; }

    /// <summary>Log posterior plus log Jacobian.</summary>
    public double* Targets { get; }

    /// <summary>Log likelihood plus log prior: the same memory as the targets where there is no Jacobian.</summary>
    public double* LogPosteriors { get; }
}
