namespace Calibrate.Numerics.Random;

/// <summary>
/// The coordinates of one random block: who draws it, when and what for. A block depends on its coordinates and the key
/// alone, so the order of drawing cannot matter and there is no generator state to save.
/// </summary>
/// <param name="Walker">Index of the walker in its ensemble.</param>
/// <param name="Iteration">Iteration, or the attempt while an ensemble is initialised.</param>
/// <param name="Ensemble">Index of the ensemble in its run.</param>
/// <param name="PurposeAndBlock">Purpose in the high 16 bits, number of the block in the low 16.</param>
public readonly record struct PhiloxCounter(uint Walker, uint Iteration, uint Ensemble, uint PurposeAndBlock)
{
    /// <summary>Most blocks that one purpose may draw at the same walker, iteration and ensemble.</summary>
    public const int BlockLimit = 1 << 16;

    /// <summary>The counter of block number <paramref name="block"/> drawn for <paramref name="purpose"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is negative, or the block is 65,536 or more.</exception>
    public static PhiloxCounter Of(int walker, int iteration, int ensemble, RandomPurpose purpose, int block = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(walker);
        ArgumentOutOfRangeException.ThrowIfNegative(iteration);
        ArgumentOutOfRangeException.ThrowIfNegative(ensemble);
        ArgumentOutOfRangeException.ThrowIfNegative(block);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(block, BlockLimit);
        return new PhiloxCounter((uint)walker, (uint)iteration, (uint)ensemble, ((uint)purpose << 16) | (uint)block);
    }
}
