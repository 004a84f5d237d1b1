using System.Buffers;
using System.Runtime.InteropServices;

namespace Calibrate.Runtime.Events;

/// <summary>
/// An array seen as its bytes without copying, for vectors on their way into a protobuf message. The formats are little-endian, as is every
/// platform .NET 10 is published for except one; there the type refuses to load rather than write wrong bytes.
/// </summary>
/// <typeparam name="T">Element type of the array.</typeparam>
internal sealed class BytesOf<T> : MemoryManager<byte>
    where T : unmanaged
{
    private readonly T[] array;

    static BytesOf()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Journals are little-endian; this machine is not.");
        }
    }

    public BytesOf(T[] array) => this.array = array;

    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(array.AsSpan());

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = GCHandle.Alloc(array, GCHandleType.Pinned);
        return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + elementIndex, handle);
    }

    public override void Unpin()
    {
        // The handle given to MemoryHandle frees itself.
    }

    protected override void Dispose(bool disposing)
    {
        // Owns nothing.
    }
}
