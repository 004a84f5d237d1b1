using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Calibrate.Inference.States;

/// <summary>Reads what <see cref="StateWriter"/> wrote, and refuses what it cannot have written.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> rest = source;

    internal readonly bool AtEnd => rest.IsEmpty;

    internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    internal long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>A number of things of at least <paramref name="size"/> bytes each that follow.</summary>
    internal int Count(int size)
    {
        int count = Int32();
        if (count < 0 || (long)count * size > rest.Length)
        {
            throw Damaged();
        }

        return count;
    }

    internal void Doubles(scoped Span<double> values) => Words(MemoryMarshal.Cast<double, ulong>(values));

    internal void Words(scoped Span<ulong> values)
    {
        ReadOnlySpan<byte> bytes = Take(values.Length * (long)sizeof(ulong));
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
        }
    }

    internal double Double() => BitConverter.Int64BitsToDouble(Int64());

    internal string Text()
    {
        int length = Count(1);
        return Encoding.UTF8.GetString(Take(length));
    }

    internal bool Flag() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        _ => throw Damaged(),
    };

    internal static InvalidDataException Damaged() => new("The saved state of the ensemble is damaged: it does not have the form that this version writes.");

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count > rest.Length)
        {
            throw Damaged();
        }

        ReadOnlySpan<byte> taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }
}
