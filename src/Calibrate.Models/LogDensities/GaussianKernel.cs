using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calibrate.Models.Lanes;

namespace Calibrate.Models.LogDensities;

/// <summary>
/// Gaussian with a dense covariance S = L L^T: -(|L^-1 (x - m)|^2 + ln det S + d ln 2 pi) / 2, with L^-1 lower triangular and
/// computed once: d (d + 1) / 2 multiply-adds per point, and no division.
/// </summary>
internal readonly struct GaussianKernel : IDensityKernel
{
    private readonly double[] mean;
    private readonly double[] inverse;
    private readonly double constant;

    /// <summary>Factors the covariance.</summary>
    public GaussianKernel(IReadOnlyList<double> mean, IReadOnlyList<double[]> covariance)
    {
        if (mean.Count == 0 || mean.Count != covariance.Count)
        {
            throw new ArgumentException($"The mean has {mean.Count} numbers and the covariance {covariance.Count} rows.", nameof(mean));
        }

        CholeskyFactor factor = new(covariance);
        this.mean = [.. mean];
        inverse = factor.PackInverse();
        constant = -0.5 * (factor.LogDeterminant + (mean.Count * Math.Log(2 * Math.PI)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TLanes, TVector>(ref double point, int stride)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        ref double centre = ref MemoryMarshal.GetArrayDataReference(mean);
        ref double weight = ref MemoryMarshal.GetArrayDataReference(inverse);
        TVector square = TLanes.Broadcast(0);
        for (int row = 0; row < mean.Length; row++)
        {
            ref double value = ref point;
            TVector sum = TLanes.Broadcast(0);
            for (int column = 0; column <= row; column++)
            {
                TVector deviation = TLanes.Subtract(TLanes.Load(ref value), TLanes.Broadcast(Unsafe.Add(ref centre, column)));
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(weight), deviation, sum);
                weight = ref Unsafe.Add(ref weight, 1);
                value = ref Unsafe.Add(ref value, stride);
            }

            square = TLanes.MultiplyAdd(sum, sum, square);
        }

        return TLanes.MultiplyAdd(TLanes.Broadcast(-0.5), square, TLanes.Broadcast(constant));
    }
}
