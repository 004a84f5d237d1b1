namespace Calibrate.Inference.Kernel;

/// <summary>
/// Memory that does not move, handed out in pieces that start on cache lines: a 64-byte vector then never straddles two
/// lines, which would cost twice the loads.
/// </summary>
internal sealed unsafe class PinnedMemory
{
    private const int LineElements = 8;
    private readonly ulong[] elements;
    private int used;

    /// <summary>Reserves room for <paramref name="pieces"/> pieces of 8-byte elements, <paramref name="total"/> in all.</summary>
    public PinnedMemory(int total, int pieces)
    {
        elements = GC.AllocateArray<ulong>(total + ((pieces + 1) * LineElements), pinned: true);
    }

    /// <summary>The next piece, zeroed. Valid as long as this object is reachable.</summary>
    /// <typeparam name="T">An 8-byte number.</typeparam>
    /// <param name="count">Number of elements.</param>
    public T* Take<T>(int count)
        where T : unmanaged
    {
        fixed (ulong* start = elements)
        {
            ulong* first = start + used;
            ulong misaligned = ((ulong)first / sizeof(ulong)) % LineElements;
            int skipped = misaligned == 0 ? 0 : (int)(LineElements - misaligned);
            used += skipped + count;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(used, elements.Length);
            return (T*)(first + skipped);
        }
    }
}
