using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Ensembles;

/// <summary>Bytes that 2,000 iterations of a tight driver allocate once everything is warm.</summary>
internal static class TightAllocations
{
    private const int Iterations = 2000;

    public static long Of(MoveMixture moves)
    {
        IEnsemble ensemble = TestMethods.Ensemble(moves, new CurvedSpace(3), 18, recorded: 0, thin: 10).Create(0);
        FunctionLikelihood likelihood = new(4, x => -0.5 * ((x[0] * x[0]) + (x[1] * x[1]) + (x[2] * x[2])));
        ensemble.Advance(likelihood, Iterations + 10, AdvanceLimits.None);
        ensemble.DropBlock();
        long before = GC.GetAllocatedBytesForCurrentThread();
        ensemble.Advance(likelihood, 2 * Iterations, AdvanceLimits.None);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
