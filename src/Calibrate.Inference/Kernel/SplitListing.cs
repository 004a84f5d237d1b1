using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Calibrate.Inference.Kernel;

/// <summary>
/// Lists a division of up to 64 walkers that is given as a bit set. The lists are read as vectors right afterwards, and a processor makes
/// such a read wait for every narrower write before it: with AVX-512 they are therefore written as vectors too.
/// </summary>
internal sealed unsafe class SplitListing(WideLayout layout, PinnedMemory memory)
{
    /// <summary>Number of 8-byte elements this takes from the memory, in one piece.</summary>
    public const int Elements = WideLayout.LongestTable / sizeof(ulong);

    private readonly ulong all = layout.Walkers > WideLayout.LongestTable ? 0 : ulong.MaxValue >> (WideLayout.LongestTable - layout.Walkers);
    private readonly byte* bytes = (byte*)memory.Take<ulong>(Elements);

    /// <summary>Lists the two splits.</summary>
    /// <param name="first">Bit set of the walkers of the first split.</param>
    /// <param name="order">Receives the walker at every place of the split order.</param>
    /// <param name="places">Receives the place of every walker in the split order.</param>
    public void List(ulong first, long* order, long* places)
    {
        if (Avx512Vbmi.IsSupported && Avx512Vbmi2.IsSupported)
        {
            ListInRegisters(first, order, places);
        }
        else
        {
            ListOneByOne(first, order, places);
        }
    }

    /// <summary>Walker by walker.</summary>
    internal void ListOneByOne(ulong first, long* order, long* places)
    {
        ListMembers(first, 0, order, places);
        ListMembers(~first & all, layout.HalfRoom, order, places);
    }

    private static void ListMembers(ulong members, int place, long* order, long* places)
    {
        while (members != 0)
        {
            int walker = BitOperations.TrailingZeroCount(members);
            order[place] = walker;
            places[walker] = place++;
            members &= members - 1;
        }
    }

    /// <summary>As bytes: members are compressed out of 0, 1, 2 ...; places are 0, 1, 2 ... expanded to the members.</summary>
    private void ListInRegisters(ulong first, long* order, long* places)
    {
        Vector512<byte> numbers = Vector512<byte>.Indices;
        Vector512<byte> none = Vector512<byte>.Zero;
        Vector512<byte> firsts = Bytes(first);
        Vector512<byte> seconds = Bytes(~first & all);
        Store(Avx512Vbmi2.Compress(none, firsts, numbers), order, layout.HalfLanes);
        Store(Avx512Vbmi2.Compress(none, seconds, numbers), order + layout.HalfRoom, layout.HalfLanes);
        Vector512<byte> secondPlaces = numbers + Vector512.Create((byte)layout.HalfRoom);
        Store(
            Avx512Vbmi2.Expand(none, firsts, numbers) | Avx512Vbmi2.Expand(none, seconds, secondPlaces), places, layout.WalkerLanes);
    }

    /// <summary>A byte of ones for every bit that is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Bytes(ulong bits)
    {
        Vector512<byte> byteOfBit = Vector512.ShiftRightLogical(Vector512<byte>.Indices, 3);
        Vector512<byte> bitOfByte = Vector512.Create(0x8040201008040201).AsByte();
        Vector512<byte> spread = Avx512Vbmi.PermuteVar64x8(Vector512.Create(bits).AsByte(), byteOfBit);
        return Vector512.Equals(spread & bitOfByte, bitOfByte);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(Vector512<byte> list, long* destination, int count)
    {
        list.StoreAligned(bytes);
        for (int i = 0; i < count; i += WideLayout.Lanes)
        {
            Vector128<byte> eight = Vector128.CreateScalar(*(ulong*)(bytes + i)).AsByte();
            Avx512F.ConvertToVector512Int64(eight).StoreAligned(destination + i);
        }
    }
}
