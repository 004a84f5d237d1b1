using Calibrate.Inference.Moves;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Kernel;

/// <summary>What one ensemble's stretch kernel is made for.</summary>
/// <param name="Key">Key of the run's seed.</param>
/// <param name="Ensemble">Index of the ensemble in the run.</param>
/// <param name="Walkers">Number of walkers: even, at least 4.</param>
/// <param name="Space">The problem's parameter space.</param>
/// <param name="RecordedCount">Number of model outputs recorded per draw.</param>
/// <param name="Scale">The stretch scale a, above 1.</param>
public sealed record StretchSettings(
    PhiloxKey Key, int Ensemble, int Walkers, IParameterSpace Space, int RecordedCount = 0, double Scale = StretchFormulas.DefaultScale)
{
    /// <summary>Number of sampled parameters.</summary>
    public int Dimension => Space.Dimension;

    /// <summary>Walkers per split.</summary>
    internal int Half => Walkers / 2;

    /// <summary>Refuses what no kernel can run.</summary>
    /// <exception cref="ArgumentException">The walkers are odd or fewer than 4, the ensemble is negative or the scale is not above 1.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Space);
        ArgumentOutOfRangeException.ThrowIfNegative(Ensemble);
        ArgumentOutOfRangeException.ThrowIfNegative(RecordedCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(Walkers, 4);
        if (Walkers % 2 != 0)
        {
            throw new ArgumentException($"The stretch move needs an even number of walkers, not {Walkers}.");
        }

        if (!(Scale > 1) || !double.IsFinite(Scale))
        {
            throw new ArgumentException($"The stretch scale must be above 1, not {Scale}.");
        }
    }
}
