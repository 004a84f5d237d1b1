using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Calibrate.Inference.States;

/// <summary>Writes the numbers of a state, little-endian whatever the machine.</summary>
internal readonly struct StateWriter(IBufferWriter<byte> destination)
{
    internal void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination.GetSpan(sizeof(int)), value);
        destination.Advance(sizeof(int));
    }

    internal void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination.GetSpan(sizeof(long)), value);
        destination.Advance(sizeof(long));
    }

    internal void Doubles(ReadOnlySpan<double> values) => Words(MemoryMarshal.Cast<double, ulong>(values));

    internal void Words(ReadOnlySpan<ulong> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            destination.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        foreach (ulong value in values)
        {
            Int64((long)value);
        }
    }

    /// <summary>Length in bytes, then UTF-8.</summary>
    internal void Text(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Int32(bytes.Length);
        destination.Write(bytes);
    }

    internal void Flag(bool value) => destination.Write([value ? (byte)1 : (byte)0]);
}
