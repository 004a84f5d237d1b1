using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Calibrate.Inference.Kernel;

namespace Calibrate.Inference.Tests.Kernel;

public unsafe class LookupTablesTests
{
    [SkippableFact]
    public void RegistersReturnTheIndexedElements()
    {
        Skip.IfNot(Avx512F.IsSupported, "needs AVX-512");
        AssertLooksUp<Table8>(Table8.Size);
        AssertLooksUp<Table16>(Table16.Size);
        AssertLooksUp<Table32>(Table32.Size);
        AssertLooksUp<Table64>(Table64.Size);
    }

    [Fact]
    public void MemoryReturnsTheIndexedElements() => AssertLooksUp<MemoryTable>(104);

    private static void AssertLooksUp<TTable>(int size)
        where TTable : struct, ILookupTable
    {
        PinnedMemory memory = new(size, 1);
        double* table = memory.Take<double>(size);
        for (int i = 0; i < size; i++)
        {
            table[i] = 1000 + i;
        }

        for (int start = 0; start < size; start++)
        {
            long[] index = [.. Enumerable.Range(0, 8).Select(lane => (long)((start + (lane * 13)) % size))];
            Vector512<double> found = TTable.Look(table, Vector512.Create(index));
            for (int lane = 0; lane < 8; lane++)
            {
                Assert.Equal(1000 + index[lane], found[lane]);
            }
        }

        AssertPermutes<TTable>(table, size);
        GC.KeepAlive(memory);
    }

    private static void AssertPermutes<TTable>(double* table, int size)
        where TTable : struct, ILookupTable
    {
        PinnedMemory memory = new(2 * size, 2);
        long* indices = memory.Take<long>(size);
        double* destination = memory.Take<double>(size);
        for (int i = 0; i < size; i++)
        {
            indices[i] = ((i * 5) + 3) % size;
        }

        TTable.Permute(table, indices, destination, size);
        for (int i = 0; i < size; i++)
        {
            Assert.Equal(table[indices[i]], destination[i]);
        }

        GC.KeepAlive(memory);
    }
}
