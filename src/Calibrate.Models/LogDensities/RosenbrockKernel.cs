using System.Runtime.CompilerServices;
using Calibrate.Models.Lanes;

namespace Calibrate.Models.LogDensities;

/// <summary>
/// The curved, narrow ridge of Goodman and Weare (2010), "Ensemble samplers with affine invariance", Comm. App. Math. Comp.
/// Sci. 5, 65, section 4: -(100 (x2 - x1^2)^2 + (1 - x1)^2) / 20, without its constant. In higher dimensions the sum over the
/// pairs (x1, x2), (x3, x4), ..., which are independent of each other; the integral of exp of each pair is 2 pi.
/// </summary>
internal readonly struct RosenbrockKernel : IDensityKernel
{
    private readonly int dimension;

    /// <summary>Creates the formula.</summary>
    public RosenbrockKernel(int dimension)
    {
        if (dimension < 2 || dimension % 2 != 0)
        {
            throw new ArgumentException($"The dimension is {dimension}; the Rosenbrock density needs an even one, at least 2.", nameof(dimension));
        }

        this.dimension = dimension;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TLanes, TVector>(ref double point, int stride)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector one = TLanes.Broadcast(1);
        TVector sum = TLanes.Broadcast(0);
        for (int j = 0; j < dimension; j += 2)
        {
            TVector x = TLanes.Load(ref Unsafe.Add(ref point, j * stride));
            TVector y = TLanes.Load(ref Unsafe.Add(ref point, (j + 1) * stride));
            TVector ridge = TLanes.Subtract(y, TLanes.Multiply(x, x));
            TVector along = TLanes.Subtract(one, x);
            sum = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Broadcast(100), ridge), ridge, sum);
            sum = TLanes.MultiplyAdd(along, along, sum);
        }

        return TLanes.Divide(sum, TLanes.Broadcast(-20));
    }
}
