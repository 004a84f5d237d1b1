using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Runtime.Slots;

/// <summary>Makes slots within this process.</summary>
/// <param name="likelihood">Makes the likelihood of each.</param>
public sealed class ThreadSlotFactory(ILikelihoodFactory likelihood) : ISlotFactory
{
    /// <inheritdoc/>
    public ISlot Create()
    {
        try
        {
            return new ThreadSlot(likelihood.Create());
        }
        catch (ModelUnavailableException exception)
        {
            throw new RunException(exception.Message, exception);
        }
    }
}
