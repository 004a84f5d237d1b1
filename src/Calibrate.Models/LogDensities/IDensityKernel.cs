using Calibrate.Models.Lanes;

namespace Calibrate.Models.LogDensities;

/// <summary>The formula of a log density, for as many points as there are lanes. Implemented by small immutable structs.</summary>
internal interface IDensityKernel
{
    /// <summary>Evaluates <c>TLanes.Count</c> points.</summary>
    /// <param name="point">Parameter 0 of the first point; the other points follow it.</param>
    /// <param name="stride">Distance from one parameter of a point to its next.</param>
    TVector Evaluate<TLanes, TVector>(ref double point, int stride)
        where TLanes : ILanes<TVector>
        where TVector : struct;
}
