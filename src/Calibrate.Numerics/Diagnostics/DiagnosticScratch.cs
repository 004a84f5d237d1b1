namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Work space of <see cref="Diagnose"/> and its parts: make one, pass it for parameter after parameter, and memory stays flat. It
/// grows on first use: 4 bytes per draw for ranks, 8 per draw of one chain, at most 84 MB to sort in, and some 300 bytes per
/// lag before the autocorrelations of the slowest parameter are cut off. Not for use by two threads at once.
/// </summary>
public sealed class DiagnosticScratch
{
    private const int SmallBuffer = 1 << 16;

    private readonly Dictionary<int, BlockCorrelation> correlations = [];
    private double[] values = [];
    private ulong[] bits = [];
    private uint[] ranks = [];
    private ulong[] words = [];
    private ulong[] spareWords = [];
    private ulong[] keys = [];

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

    internal Span<ulong> Keys(int count) => Rent(ref keys, count);

    /// <summary>A correlation of at least the first <paramref name="lags"/> lags, started anew.</summary>
    internal BlockCorrelation Correlation(int lags, int length)
    {
        var size = BlockCorrelation.SizeFor(lags, length);
        if (!correlations.TryGetValue(size, out var correlation))
        {
            correlation = new BlockCorrelation(size);
            correlations.Add(size, correlation);
        }

        correlation.Start(lags);
        return correlation;
    }

    private static Span<T> Rent<T>(ref T[] buffer, int count)
    {
        if (buffer.Length < count)
        {
            // Doubled, so that small steps do not leave a trail of discarded buffers; never beyond what is asked for when that is much.
            buffer = GC.AllocateUninitializedArray<T>(Math.Max(count, 2 * Math.Min(buffer.Length, SmallBuffer)));
        }

        return buffer.AsSpan(0, count);
    }
}
