using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Runtime.Reading;

/// <summary>Some successive draws of one ensemble. Its numbers are gone when the next slab is asked for.</summary>
/// <param name="Ensemble">Index of the ensemble.</param>
/// <param name="FirstDraw">Where its first draw stands among the draws of its walkers that are read, from 0.</param>
/// <param name="FirstIteration">Iteration of the first draw.</param>
/// <param name="Columns">One matrix per quantity asked for, with a chain per walker.</param>
public sealed record DrawSlab(int Ensemble, int FirstDraw, int FirstIteration, IReadOnlyList<DrawMatrix> Columns)
{
    /// <summary>Number of walkers.</summary>
    public int Walkers => Columns[0].Chains;

    /// <summary>Draws of each walker in the slab.</summary>
    public int Draws => Columns[0].Iterations;
}
