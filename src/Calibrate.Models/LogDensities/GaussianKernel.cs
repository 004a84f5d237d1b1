using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calibrate.Models.Lanes;

namespace Calibrate.Models.LogDensities;

/// <summary>
/// Gaussian with a dense covariance S = L L^T: -(|L^-1 (x - m)|^2 + ln det S + d ln 2 pi) / 2, with L^-1 lower triangular and
/// computed once. Rows go in blocks of four, which share the deviations and keep four independent sums busy; each row's sum runs
/// over the columns in order.
/// </summary>
internal readonly struct GaussianKernel : IDensityKernel
{
    private const int RowsPerBlock = 4;
    private readonly double[] mean;
    private readonly double[] weights;
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
        weights = Pack(factor.Inverse);
        constant = -0.5 * (factor.LogDeterminant + (mean.Count * Math.Log(2 * Math.PI)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TLanes, TVector>(ref double point, int stride)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        ref double centre = ref MemoryMarshal.GetArrayDataReference(mean);
        ref double weight = ref MemoryMarshal.GetArrayDataReference(weights);
        TVector square = TLanes.Broadcast(0);
        int row = 0;
        for (; row < mean.Length % RowsPerBlock; row++)
        {
            TVector sum = TLanes.Broadcast(0);
            for (int column = 0; column <= row; column++)
            {
                TVector deviation = Deviation<TLanes, TVector>(ref point, stride, ref centre, column);
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref weight, column)), deviation, sum);
            }

            weight = ref Unsafe.Add(ref weight, row + 1);
            square = TLanes.MultiplyAdd(sum, sum, square);
        }

        for (; row < mean.Length; row += RowsPerBlock)
        {
            TVector sum0 = TLanes.Broadcast(0);
            TVector sum1 = sum0;
            TVector sum2 = sum0;
            TVector sum3 = sum0;
            for (int column = 0; column < row + RowsPerBlock; column++)
            {
                TVector deviation = Deviation<TLanes, TVector>(ref point, stride, ref centre, column);
                sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(weight), deviation, sum0);
                sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref weight, 1)), deviation, sum1);
                sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref weight, 2)), deviation, sum2);
                sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref weight, 3)), deviation, sum3);
                weight = ref Unsafe.Add(ref weight, RowsPerBlock);
            }

            square = TLanes.MultiplyAdd(sum0, sum0, square);
            square = TLanes.MultiplyAdd(sum1, sum1, square);
            square = TLanes.MultiplyAdd(sum2, sum2, square);
            square = TLanes.MultiplyAdd(sum3, sum3, square);
        }

        return TLanes.MultiplyAdd(TLanes.Broadcast(-0.5), square, TLanes.Broadcast(constant));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Deviation<TLanes, TVector>(ref double point, int stride, ref double centre, int column)
        where TLanes : ILanes<TVector>
        where TVector : struct =>
        TLanes.Subtract(TLanes.Load(ref Unsafe.Add(ref point, column * stride)), TLanes.Broadcast(Unsafe.Add(ref centre, column)));

    // In the order of reading: the first d mod 4 rows one by one, then four rows at a time, column by column; a column beyond
    // a row's diagonal has weight zero.
    private static double[] Pack(double[,] inverse)
    {
        int n = inverse.GetLength(0);
        List<double> packed = [];
        int row = 0;
        for (; row < n % RowsPerBlock; row++)
        {
            packed.AddRange(Enumerable.Range(0, row + 1).Select(column => inverse[row, column]));
        }

        for (; row < n; row += RowsPerBlock)
        {
            for (int column = 0; column < row + RowsPerBlock; column++)
            {
                packed.AddRange(Enumerable.Range(row, RowsPerBlock).Select(r => inverse[r, column]));
            }
        }

        return [.. packed];
    }
}
