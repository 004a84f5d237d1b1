using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Calibrate.Models.Lanes;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.LogDensities;

/// <summary>
/// A log density evaluated for many points side by side: sixteen at once while they last, then eight or four, then one by
/// one. Immutable, so one instance may serve any number of threads.
/// </summary>
/// <typeparam name="TKernel">The formula.</typeparam>
internal sealed class LaneDensity<TKernel> : ILogDensity
    where TKernel : struct, IDensityKernel
{
    private readonly TKernel kernel;
    private readonly LaneWidth width;

    /// <summary>Creates the density.</summary>
    /// <param name="dimension">Number of parameters.</param>
    /// <param name="kernel">The formula.</param>
    /// <param name="width">The widest form to use.</param>
    public LaneDensity(int dimension, TKernel kernel, LaneWidth width)
    {
        Dimension = dimension;
        this.kernel = kernel;
        this.width = width;
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Length, Dimension * count);
        ArgumentOutOfRangeException.ThrowIfLessThan(logDensities.Length, count);
        ref double source = ref MemoryMarshal.GetReference(points);
        ref double results = ref MemoryMarshal.GetReference(logDensities);
        int done = 0;
        if (width == LaneWidth.Vector512)
        {
            done = Run<PairedLanes<Lanes512, Vector512<double>>, VectorPair<Vector512<double>>>(ref source, ref results, count, done);
            done = Run<Lanes512, Vector512<double>>(ref source, ref results, count, done);
        }
        else if (width == LaneWidth.Vector256)
        {
            done = Run<PairedLanes<Lanes256, Vector256<double>>, VectorPair<Vector256<double>>>(ref source, ref results, count, done);
        }

        if (width != LaneWidth.Scalar)
        {
            done = Run<Lanes256, Vector256<double>>(ref source, ref results, count, done);
        }

        Run<ScalarLane, double>(ref source, ref results, count, done);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Run<TLanes, TVector>(ref double source, ref double results, int count, int done)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        for (; done + TLanes.Count <= count; done += TLanes.Count)
        {
            TVector value = kernel.Evaluate<TLanes, TVector>(ref Unsafe.Add(ref source, done), count);
            TLanes.Store(value, ref Unsafe.Add(ref results, done));
        }

        return done;
    }
}
