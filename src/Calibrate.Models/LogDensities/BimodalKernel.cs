using System.Runtime.CompilerServices;
using Calibrate.Models.Lanes;

namespace Calibrate.Models.LogDensities;

/// <summary>
/// A mixture of two unit Gaussians at -s/2 and s/2 on the first axis, with shares w and 1 - w, normalised:
/// ln(w exp(-(x1 + s/2)^2 / 2) + (1 - w) exp(-(x1 - s/2)^2 / 2)) - (x2^2 + ...) / 2 - d ln(2 pi) / 2. A sampler that cannot
/// cross the gap gets the shares wrong.
/// </summary>
internal readonly struct BimodalKernel : IDensityKernel
{
    private readonly int dimension;
    private readonly double halfSeparation;
    private readonly double lowerConstant;
    private readonly double upperConstant;

    /// <summary>Creates the formula.</summary>
    public BimodalKernel(int dimension, double separation, double weight)
    {
        if (dimension < 1)
        {
            throw new ArgumentException($"The dimension is {dimension}, and must be at least 1.", nameof(dimension));
        }

        if (!(separation >= 0) || !double.IsFinite(separation))
        {
            throw new ArgumentException("The separation must be a number and not negative.", nameof(separation));
        }

        if (!(weight > 0 && weight < 1))
        {
            throw new ArgumentException("The weight must lie strictly between 0 and 1.", nameof(weight));
        }

        double constant = -0.5 * dimension * Math.Log(2 * Math.PI);
        this.dimension = dimension;
        halfSeparation = separation / 2;
        lowerConstant = Math.Log(weight) + constant;
        upperConstant = Math.Log(1 - weight) + constant;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TLanes, TVector>(ref double point, int stride)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector half = TLanes.Broadcast(halfSeparation);
        TVector minusHalf = TLanes.Broadcast(-0.5);
        TVector x = TLanes.Load(ref point);
        TVector fromLower = TLanes.Add(x, half);
        TVector fromUpper = TLanes.Subtract(x, half);
        TVector lower = TLanes.MultiplyAdd(
            TLanes.Multiply(minusHalf, fromLower), fromLower, TLanes.Broadcast(lowerConstant));
        TVector upper = TLanes.MultiplyAdd(
            TLanes.Multiply(minusHalf, fromUpper), fromUpper, TLanes.Broadcast(upperConstant));

        // ln(e^a + e^b) from the larger, so that far from both modes it does not underflow
        TVector gap = TLanes.Abs(TLanes.Subtract(lower, upper));
        TVector ratio = TLanes.Exp(TLanes.Subtract(TLanes.Broadcast(0), gap));
        TVector total = TLanes.Add(TLanes.Max(lower, upper), TLanes.Log(TLanes.Add(TLanes.Broadcast(1), ratio)));
        TVector square = TLanes.Broadcast(0);
        for (int j = 1; j < dimension; j++)
        {
            TVector other = TLanes.Load(ref Unsafe.Add(ref point, j * stride));
            square = TLanes.MultiplyAdd(other, other, square);
        }

        return TLanes.MultiplyAdd(minusHalf, square, total);
    }
}
