using System.Runtime.CompilerServices;
using Calibrate.Models.Lanes;

namespace Calibrate.Models.LogDensities;

/// <summary>
/// The funnel of Neal (2003), "Slice sampling", Annals of Statistics 31, 705, section 8: v normal with standard deviation s (3
/// in the paper), and given v every x normal with variance e^v. Normalised:
/// -(v/s)^2 / 2 - ln s - (n v + e^-v (x1^2 + ... + xn^2)) / 2 - (n + 1) ln(2 pi) / 2 with n = dimension - 1.
/// </summary>
internal readonly struct FunnelKernel : IDensityKernel
{
    private readonly int dimension;
    private readonly double inverseScale;
    private readonly double constant;

    /// <summary>Creates the formula.</summary>
    public FunnelKernel(int dimension, double scale)
    {
        if (dimension < 2)
        {
            throw new ArgumentException($"The dimension is {dimension}, and must be at least 2.", nameof(dimension));
        }

        if (!(scale > 0) || !double.IsFinite(scale))
        {
            throw new ArgumentException("The scale must be a positive number.", nameof(scale));
        }

        this.dimension = dimension;
        inverseScale = 1 / scale;
        constant = -Math.Log(scale) - (0.5 * dimension * Math.Log(2 * Math.PI));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TLanes, TVector>(ref double point, int stride)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector minusHalf = TLanes.Broadcast(-0.5);
        TVector logVariance = TLanes.Load(ref point);
        TVector square = TLanes.Broadcast(0);
        for (int j = 1; j < dimension; j++)
        {
            TVector x = TLanes.Load(ref Unsafe.Add(ref point, j * stride));
            square = TLanes.MultiplyAdd(x, x, square);
        }

        TVector precision = TLanes.Exp(TLanes.Subtract(TLanes.Broadcast(0), logVariance));
        TVector wide = TLanes.MultiplyAdd(TLanes.Broadcast(dimension - 1), logVariance, TLanes.Multiply(precision, square));
        TVector standard = TLanes.Multiply(logVariance, TLanes.Broadcast(inverseScale));
        TVector doubled = TLanes.MultiplyAdd(standard, standard, wide);
        return TLanes.MultiplyAdd(minusHalf, doubled, TLanes.Broadcast(constant));
    }
}
