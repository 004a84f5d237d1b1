namespace Calibrate.Numerics.Random;

/// <summary>The key of Philox4x32: the 64-bit seed of a run. One key gives one independent universe of numbers.</summary>
/// <param name="Low">The low 32 bits of the seed.</param>
/// <param name="High">The high 32 bits of the seed.</param>
public readonly record struct PhiloxKey(uint Low, uint High)
{
    /// <summary>The key of a 64-bit seed.</summary>
    public static PhiloxKey FromSeed(ulong seed) => new((uint)seed, (uint)(seed >> 32));
}
