using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calibrate.Models.Lanes;

namespace Calibrate.Models.LogDensities;

/// <summary>Gaussian with a diagonal covariance: -(sum ((x_j - m_j) / s_j)^2 + d ln 2 pi) / 2 - sum ln s_j.</summary>
internal readonly struct IndependentGaussianKernel : IDensityKernel
{
    private readonly double[] mean;
    private readonly double[] inverse;
    private readonly double constant;

    /// <summary>Creates the formula from means and standard deviations.</summary>
    public IndependentGaussianKernel(IReadOnlyList<double> mean, IReadOnlyList<double> standardDeviations)
    {
        if (mean.Count == 0 || mean.Count != standardDeviations.Count)
        {
            throw new ArgumentException(
                $"There are {mean.Count} means and {standardDeviations.Count} standard deviations.", nameof(mean));
        }

        if (!standardDeviations.All(s => s > 0 && double.IsFinite(s)))
        {
            throw new ArgumentException("A standard deviation is not a positive number.", nameof(standardDeviations));
        }

        this.mean = [.. mean];
        inverse = [.. standardDeviations.Select(s => 1 / s)];
        constant = -(0.5 * mean.Count * Math.Log(2 * Math.PI)) - standardDeviations.Sum(Math.Log);
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
        for (int j = 0; j < mean.Length; j++)
        {
            TVector deviation = TLanes.Subtract(
                TLanes.Load(ref Unsafe.Add(ref point, j * stride)), TLanes.Broadcast(Unsafe.Add(ref centre, j)));
            TVector standard = TLanes.Multiply(deviation, TLanes.Broadcast(Unsafe.Add(ref weight, j)));
            square = TLanes.MultiplyAdd(standard, standard, square);
        }

        return TLanes.MultiplyAdd(TLanes.Broadcast(-0.5), square, TLanes.Broadcast(constant));
    }
}
