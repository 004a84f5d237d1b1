using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Runtime.Reading;

/// <summary>Some successive draws of one ensemble.</summary>
/// <param name="FirstIteration">Iteration of the first draw.</param>
/// <param name="Thin">Iterations from one draw to the next.</param>
/// <param name="Columns">One matrix per quantity asked for, with a chain per walker.</param>
public sealed record DrawBlock(int FirstIteration, int Thin, IReadOnlyList<DrawMatrix> Columns);
