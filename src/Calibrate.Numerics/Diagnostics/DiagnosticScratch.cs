namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Work space of <see cref="Diagnose"/> and its parts: make one, pass it for parameter after parameter, and memory stays flat. It
/// grows on first use: 4 bytes per draw for ranks, 8 per draw of one chain, and at most 84 MB to sort in.
/// Not for use by two threads at once.
/// </summary>
public sealed class DiagnosticScratch
{
    private double[] values = [];
    private ulong[] bits = [];
    private uint[] ranks = [];
    private ulong[] words = [];
    private ulong[] spareWords = [];

    internal Span<double> Values(int count) => Rent(ref values, count);

    internal Span<ulong> Bits(int count) => Rent(ref bits, count);

    internal uint[] Ranks(int count)
    {
        Rent(ref ranks, count);
        return ranks;
    }

    internal (ulong[] Words, ulong[] Spare) Words(int count)
    {
        Rent(ref words, count);
        Rent(ref spareWords, count);
        return (words, spareWords);
    }

    private static Span<T> Rent<T>(ref T[] buffer, int count)
    {
        if (buffer.Length < count)
        {
            buffer = GC.AllocateUninitializedArray<T>(count);
        }

        return buffer.AsSpan(0, count);
    }
}
