namespace Calibrate.Inference.Kernel;

/// <summary>
/// Where the kernel writes what it sampled: rows of the iterations that are multiples of <see cref="Thin"/>, from the start of
/// each span, laid out as in <see cref="Block"/>. The owner keeps the memory and its size; the kernel allocates nothing.
/// </summary>
public readonly ref struct ChainRows
{
    /// <summary>Only iterations that are multiples of this become rows; at least 1.</summary>
    public required int Thin { get; init; }

    /// <summary>Receives <c>[(row * dimension + parameter) * walkers + walker]</c>.</summary>
    public required Span<double> Positions { get; init; }

    /// <summary>Receives <c>[row * walkers + walker]</c>.</summary>
    public required Span<double> LogPosteriors { get; init; }

    /// <summary>Receives <c>[(row * recorded + output) * walkers + walker]</c>.</summary>
    public required Span<double> Recorded { get; init; }

    /// <summary>Receives the digest after every iteration, thinned-away ones included: two words each.</summary>
    public required Span<ulong> Digests { get; init; }

    /// <summary>Per walker: number of accepted proposals, added to what is there.</summary>
    public required Span<long> AcceptedByWalker { get; init; }

    /// <summary>Rows among the iterations (<paramref name="from"/>, <paramref name="to"/>].</summary>
    /// <param name="from">Last iteration before, at least 0.</param>
    /// <param name="to">Last iteration, at least <paramref name="from"/>.</param>
    /// <param name="thin">Thinning interval.</param>
    public static int Count(int from, int to, int thin) => (to / thin) - (from / thin);
}
