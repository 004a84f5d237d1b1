using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.LogDensities;

/// <summary>Hands the same immutable density to every slot.</summary>
internal sealed class SharedLogDensityFactory(ILogDensity density) : ILogDensityFactory
{
    /// <inheritdoc/>
    public ILogDensity Create() => density;
}
