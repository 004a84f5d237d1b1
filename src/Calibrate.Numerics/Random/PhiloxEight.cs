using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Calibrate.Numerics.Random;

/// <summary>
/// <see cref="Philox"/> for eight walkers at a time: the same words, one walker per 64-bit lane. Immutable, so one
/// instance may serve any number of threads.
/// </summary>
public sealed class PhiloxEight
{
    private const ulong LowWord = uint.MaxValue;

    /// <summary>Both key words of every round, in turn: they depend on the key alone.</summary>
    private readonly ulong[] schedule = new ulong[2 * Philox.Rounds];

    /// <summary>Prepares the rounds of one key.</summary>
    public PhiloxEight(PhiloxKey key)
    {
        for (int round = 0; round < Philox.Rounds; round++)
        {
            schedule[2 * round] = key.Low + ((uint)round * Philox.Weyl0);
            schedule[(2 * round) + 1] = key.High + ((uint)round * Philox.Weyl1);
        }
    }

    /// <summary>One block of each of eight walkers.</summary>
    /// <param name="walkers">Indices of the walkers.</param>
    /// <param name="counter">The other coordinates; its walker is not used.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PhiloxEightBlocks Blocks(Vector512<ulong> walkers, PhiloxCounter counter)
    {
        Lanes lanes = new(walkers, counter);
        ref ulong key = ref MemoryMarshal.GetArrayDataReference(schedule);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            lanes.Advance(Vector512.Create(Unsafe.Add(ref key, 2 * round)), Vector512.Create(Unsafe.Add(ref key, (2 * round) + 1)));
        }

        return lanes.Words;
    }

    /// <summary>
    /// Two neighbouring blocks of each of sixteen walkers: a round waits for its multiplications, and four independent chains
    /// of them fill each other's gaps.
    /// </summary>
    /// <param name="walkers">Indices of the first eight walkers.</param>
    /// <param name="others">Indices of the other eight walkers.</param>
    /// <param name="counter">The other coordinates of the first block; its walker is not used.</param>
    /// <param name="first">Receives the block at <paramref name="counter"/> of the first eight walkers.</param>
    /// <param name="second">Receives the block after it.</param>
    /// <param name="otherFirst">Receives the block at <paramref name="counter"/> of the other eight walkers.</param>
    /// <param name="otherSecond">Receives the block after it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BlockPairs(
        Vector512<ulong> walkers,
        Vector512<ulong> others,
        PhiloxCounter counter,
        out PhiloxEightBlocks first,
        out PhiloxEightBlocks second,
        out PhiloxEightBlocks otherFirst,
        out PhiloxEightBlocks otherSecond)
    {
        PhiloxCounter next = counter with { PurposeAndBlock = counter.PurposeAndBlock + 1 };
        Lanes lanes0 = new(walkers, counter);
        Lanes lanes1 = new(walkers, next);
        Lanes lanes2 = new(others, counter);
        Lanes lanes3 = new(others, next);
        ref ulong key = ref MemoryMarshal.GetArrayDataReference(schedule);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Vector512<ulong> key0 = Vector512.Create(Unsafe.Add(ref key, 2 * round));
            Vector512<ulong> key1 = Vector512.Create(Unsafe.Add(ref key, (2 * round) + 1));
            lanes0.Advance(key0, key1);
            lanes1.Advance(key0, key1);
            lanes2.Advance(key0, key1);
            lanes3.Advance(key0, key1);
        }

        first = lanes0.Words;
        second = lanes1.Words;
        otherFirst = lanes2.Words;
        otherSecond = lanes3.Words;
    }

    /// <summary>Products of the low halves of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<ulong> MultiplyLow(Vector512<ulong> a, Vector512<ulong> b)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.Multiply(a.AsUInt32(), b.AsUInt32());
        }

        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.Multiply(a.GetLower().AsUInt32(), b.GetLower().AsUInt32()),
                Avx2.Multiply(a.GetUpper().AsUInt32(), b.GetUpper().AsUInt32()));
        }

        return (a & Vector512.Create(LowWord)) * (b & Vector512.Create(LowWord));
    }

    /// <summary>
    /// The four counter words of eight walkers between two rounds. The high halves of the lanes hold left-overs of the
    /// products: multiplication ignores them, and the words are cleaned once at the end.
    /// </summary>
    private struct Lanes
    {
        private Vector512<ulong> c0;
        private Vector512<ulong> c1;
        private Vector512<ulong> c2;
        private Vector512<ulong> c3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Lanes(Vector512<ulong> walkers, PhiloxCounter counter)
        {
            c0 = walkers;
            c1 = Vector512.Create((ulong)counter.Iteration);
            c2 = Vector512.Create((ulong)counter.Ensemble);
            c3 = Vector512.Create((ulong)counter.PurposeAndBlock);
        }

        public readonly PhiloxEightBlocks Words
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                Vector512<ulong> low = Vector512.Create(LowWord);
                return new PhiloxEightBlocks(c0 & low, c1 & low, c2 & low, c3 & low);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Advance(Vector512<ulong> key0, Vector512<ulong> key1)
        {
            Vector512<ulong> product0 = MultiplyLow(c0, Vector512.Create((ulong)Philox.Multiplier0));
            Vector512<ulong> product1 = MultiplyLow(c2, Vector512.Create((ulong)Philox.Multiplier1));
            c0 = Vector512.ShiftRightLogical(product1, 32) ^ c1 ^ key0;
            c1 = product1;
            c2 = Vector512.ShiftRightLogical(product0, 32) ^ c3 ^ key1;
            c3 = product0;
        }
    }
}
