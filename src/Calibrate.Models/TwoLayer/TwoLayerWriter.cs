using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calibrate.Models.Lanes;
using P = Calibrate.Models.TwoLayer.TwoLayerParameters;

namespace Calibrate.Models.TwoLayer;

/// <summary>Turns the state at the end of a year into the outputs of the points that are run side by side.</summary>
internal readonly ref struct TwoLayerWriter
{
    private const int WidestLanes = 16;
    private readonly TwoLayerOutputs outputs;
    private readonly Span<double> values;
    private readonly int stride;
    private readonly int first;
    private readonly int points;

    /// <summary>Creates a writer for one group of lanes.</summary>
    /// <param name="outputs">Which values somebody reads.</param>
    /// <param name="values">All outputs: <c>values[row * stride + point]</c>.</param>
    /// <param name="stride">Number of points in the batch.</param>
    /// <param name="first">The point of the first lane.</param>
    /// <param name="points">How many lanes are points; the rest is padding that must not be written.</param>
    public TwoLayerWriter(TwoLayerOutputs outputs, Span<double> values, int stride, int first, int points)
    {
        this.outputs = outputs;
        this.values = values;
        this.stride = stride;
        this.first = first;
        this.points = points;
    }

    /// <summary>Number of years up to the last one that somebody reads.</summary>
    public int YearsToRun => outputs.YearsToRun;

    /// <summary>Writes one year.</summary>
    /// <param name="year">Index of the year.</param>
    /// <param name="source">The parameters of the first lane's point.</param>
    /// <param name="sourceStride">Row length of the parameters.</param>
    /// <param name="forcing">The year's forcing, W m-2.</param>
    /// <param name="surface">Surface temperature, K.</param>
    /// <param name="deep">Deep temperature, K.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write<TLanes, TVector>(
        int year, ref double source, int sourceStride, TVector forcing, TVector surface, TVector deep)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        if (outputs.Wants(TwoLayerOutputs.SurfaceTemperature, year, out int surfaceRow))
        {
            Put<TLanes, TVector>(surfaceRow, surface);
        }

        if (outputs.Wants(TwoLayerOutputs.DeepTemperature, year, out int deepRow))
        {
            Put<TLanes, TVector>(deepRow, deep);
        }

        if (outputs.Wants(TwoLayerOutputs.HeatContent, year, out int heatRow))
        {
            TVector surfaceCapacity = TLanes.Load(ref Unsafe.Add(ref source, P.SurfaceCapacity * sourceStride));
            TVector deepCapacity = TLanes.Load(ref Unsafe.Add(ref source, P.DeepCapacity * sourceStride));
            TVector heat = TLanes.MultiplyAdd(deepCapacity, deep, TLanes.Multiply(surfaceCapacity, surface));
            Put<TLanes, TVector>(heatRow, heat);
        }

        if (outputs.Wants(TwoLayerOutputs.Imbalance, year, out int imbalanceRow))
        {
            Put<TLanes, TVector>(
                imbalanceRow, Imbalance<TLanes, TVector>(ref source, sourceStride, forcing, surface, deep));
        }
    }

    // N = F - (lambda0 - a T_s) T_s - (epsilon - 1) eta (T_s - T_d): Geoffroy et al. (2013), equation 5.
    private static TVector Imbalance<TLanes, TVector>(
        ref double source, int stride, TVector forcing, TVector surface, TVector deep)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector feedback = TLanes.Load(ref Unsafe.Add(ref source, P.Feedback * stride));
        TVector exchange = TLanes.Load(ref Unsafe.Add(ref source, P.HeatExchange * stride));
        TVector efficacy = TLanes.Load(ref Unsafe.Add(ref source, P.Efficacy * stride));
        TVector slope = TLanes.Load(ref Unsafe.Add(ref source, P.FeedbackSlope * stride));
        TVector damping = TLanes.Multiply(TLanes.Subtract(feedback, TLanes.Multiply(slope, surface)), surface);
        TVector excess = TLanes.Multiply(TLanes.Subtract(efficacy, TLanes.Broadcast(1)), exchange);
        TVector uptake = TLanes.Multiply(excess, TLanes.Subtract(surface, deep));
        return TLanes.Subtract(TLanes.Subtract(forcing, damping), uptake);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put<TLanes, TVector>(int row, TVector value)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        Span<double> destination = values.Slice((row * stride) + first, points);
        if (points == TLanes.Count)
        {
            TLanes.Store(value, ref MemoryMarshal.GetReference(destination));
        }
        else
        {
            PutSome<TLanes, TVector>(value, destination);
        }
    }

    private static void PutSome<TLanes, TVector>(TVector value, Span<double> destination)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        Span<double> lanes = stackalloc double[WidestLanes];
        TLanes.Store(value, ref MemoryMarshal.GetReference(lanes));
        lanes[..destination.Length].CopyTo(destination);
    }
}
