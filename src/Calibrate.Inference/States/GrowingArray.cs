namespace Calibrate.Inference.States;

/// <summary>An array that grows by doubling and keeps its memory when it is emptied.</summary>
internal sealed class GrowingArray<T>
    where T : struct
{
    private T[] items = [];

    internal int Count { get; private set; }

    internal ReadOnlySpan<T> Items => items.AsSpan(0, Count);

    /// <summary>Room for more items at the end, to be filled by the caller.</summary>
    internal Span<T> Extend(int count)
    {
        int needed = checked(Count + count);
        if (needed > items.Length)
        {
            Array.Resize(ref items, (int)Math.Clamp(items.Length * 2L, needed, Array.MaxLength));
        }

        Span<T> room = items.AsSpan(Count, count);
        Count = needed;
        return room;
    }

    internal void Clear() => Count = 0;
}
