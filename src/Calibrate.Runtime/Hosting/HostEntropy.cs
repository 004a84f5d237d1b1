using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Calibrate.Runtime.Hosting;

/// <summary>The one place where a run takes randomness from its host: the seed nobody gave, which the journal then keeps.</summary>
internal static class HostEntropy
{
    // Seeds stay below 2^53, so that every JSON reader gets back the number that was printed.
    private const ulong SeedMask = (1UL << 53) - 1;

    public static ulong DrawSeed()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) & SeedMask;
    }
}
