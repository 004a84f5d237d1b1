using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Slots;

/// <summary>Makes slots within this process.</summary>
/// <param name="likelihood">Makes the likelihood of each.</param>
public sealed class ThreadSlotFactory(ILikelihoodFactory likelihood) : ISlotFactory
{
    /// <inheritdoc/>
    public ISlot Create() => new ThreadSlot(likelihood.Create());
}
