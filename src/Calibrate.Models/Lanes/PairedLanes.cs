using System.Runtime.CompilerServices;

namespace Calibrate.Models.Lanes;

/// <summary>
/// Twice the lanes of another width: two registers whose operations alternate. A recurrence waits for the latency of each
/// operation (four cycles for a multiply-add) however wide it is; two independent ones fill each other's gaps.
/// </summary>
/// <typeparam name="TLanes">The width of each half.</typeparam>
/// <typeparam name="TVector">What holds each half.</typeparam>
internal readonly struct PairedLanes<TLanes, TVector> : ILanes<VectorPair<TVector>>
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    /// <inheritdoc/>
    public static int Count => 2 * TLanes.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Broadcast(double value) => new(TLanes.Broadcast(value), TLanes.Broadcast(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Load(ref double source) =>
        new(TLanes.Load(ref source), TLanes.Load(ref Unsafe.Add(ref source, TLanes.Count)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(VectorPair<TVector> value, ref double destination)
    {
        TLanes.Store(value.First, ref destination);
        TLanes.Store(value.Second, ref Unsafe.Add(ref destination, TLanes.Count));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Add(VectorPair<TVector> a, VectorPair<TVector> b) =>
        new(TLanes.Add(a.First, b.First), TLanes.Add(a.Second, b.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Subtract(VectorPair<TVector> a, VectorPair<TVector> b) =>
        new(TLanes.Subtract(a.First, b.First), TLanes.Subtract(a.Second, b.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Multiply(VectorPair<TVector> a, VectorPair<TVector> b) =>
        new(TLanes.Multiply(a.First, b.First), TLanes.Multiply(a.Second, b.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Divide(VectorPair<TVector> a, VectorPair<TVector> b) =>
        new(TLanes.Divide(a.First, b.First), TLanes.Divide(a.Second, b.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> MultiplyAdd(VectorPair<TVector> a, VectorPair<TVector> b, VectorPair<TVector> c) =>
        new(TLanes.MultiplyAdd(a.First, b.First, c.First), TLanes.MultiplyAdd(a.Second, b.Second, c.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Abs(VectorPair<TVector> a) => new(TLanes.Abs(a.First), TLanes.Abs(a.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Max(VectorPair<TVector> a, VectorPair<TVector> b) =>
        new(TLanes.Max(a.First, b.First), TLanes.Max(a.Second, b.Second));

    /// <inheritdoc/>
    public static VectorPair<TVector> Exp(VectorPair<TVector> a) => new(TLanes.Exp(a.First), TLanes.Exp(a.Second));

    /// <inheritdoc/>
    public static VectorPair<TVector> Log(VectorPair<TVector> a) => new(TLanes.Log(a.First), TLanes.Log(a.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllEqual(VectorPair<TVector> a, double value) =>
        TLanes.AllEqual(a.First, value) && TLanes.AllEqual(a.Second, value);
}

/// <summary>Two registers.</summary>
/// <typeparam name="TVector">The type of each.</typeparam>
internal readonly struct VectorPair<TVector>
    where TVector : struct
{
    /// <summary>The lower lanes.</summary>
    public readonly TVector First;

    /// <summary>The upper lanes.</summary>
    public readonly TVector Second;

    /// <summary>Joins two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPair(TVector first, TVector second)
    {
        First = first;
        Second = second;
    }
}
