using System.Buffers.Binary;
using Calibrate.Runtime.Journals;

namespace Calibrate.Journal.Sqlite;

/// <summary>How far the journal was acknowledged, and how long its log was then.</summary>
/// <param name="Sequence">The last acknowledged event.</param>
/// <param name="WriteAheadLogBytes">The length of the write-ahead log at that time.</param>
internal readonly record struct Acknowledged(long Sequence, long WriteAheadLogBytes);

/// <summary>
/// What a small file beside the database remembers of the acknowledgements. SQLite takes any damage to its write-ahead log
/// for a tail that a power cut tore off, and goes back to the last commit before it; with the mark the two can be told
/// apart: a log that is as long as it was and yet yields fewer events was damaged.
/// </summary>
/// <remarks>
/// Written after each commit, never synced: a mark that is too old, missing or damaged itself only makes the check more
/// lenient. Commits without a sync count only until the machine restarts, which the kernel's boot id tells.
/// Layout, little-endian: "CALMARK1", boot id (16 bytes), then int64: acknowledged event, log bytes then, durable event, log
/// bytes then, database bytes at the last checkpoint; then the CRC-32C (uint32) of all that.
/// </remarks>
/// <param name="Expected">What the journal must still hold.</param>
/// <param name="DatabaseBytes">The least length of the database file.</param>
internal readonly record struct HighWaterMark(Acknowledged Expected, long DatabaseBytes)
{
    public const int SizeInBytes = CrcAt + sizeof(uint);

    private const int BootIdAt = 8;
    private const int BootIdBytes = 16;
    private const int NumbersAt = BootIdAt + BootIdBytes;
    private const int CrcAt = NumbersAt + 5 * sizeof(long);

    private static ReadOnlySpan<byte> Magic => "CALMARK1"u8;

    private static byte[] BootId { get; } = ReadBootId();

    /// <summary>Reads a mark; null when there is none or it is damaged.</summary>
    public static HighWaterMark? Read(string path)
    {
        Span<byte> bytes = stackalloc byte[SizeInBytes];
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return RandomAccess.Read(file, bytes, 0) == SizeInBytes ? Parse(bytes) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a mark of this machine's current boot.</summary>
    public static void Format(Span<byte> bytes, Acknowledged acknowledged, Acknowledged durable, long databaseBytes)
    {
        Magic.CopyTo(bytes);
        BootId.CopyTo(bytes[BootIdAt..]);
        var numbers = bytes[NumbersAt..];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, acknowledged.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], acknowledged.WriteAheadLogBytes);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[16..], durable.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[24..], durable.WriteAheadLogBytes);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[32..], databaseBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[CrcAt..], Crc32C.Of(bytes[..CrcAt]));
    }

    /// <summary>
    /// What is wrong with a journal that ends at <paramref name="headSequence"/> and whose files are this long, as the end
    /// of a sentence; null when nothing is.
    /// </summary>
    public string? Problem(long headSequence, long writeAheadLogBytes, long databaseBytes)
    {
        if (databaseBytes < DatabaseBytes)
        {
            return $"the file {RunFiles.DatabaseName} was cut from {DatabaseBytes} to {databaseBytes} bytes";
        }

        return headSequence < Expected.Sequence && writeAheadLogBytes >= Expected.WriteAheadLogBytes
            ? $"events up to {Expected.Sequence} were acknowledged, but the file and its log no longer yield them"
              + " (an older copy put back on purpose? Then delete journal.mark)"
            : null;
    }

    private static HighWaterMark? Parse(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcAt..]) != Crc32C.Of(bytes[..CrcAt]))
        {
            return null;
        }

        var sameBoot = BootId.Length == BootIdBytes && bytes.Slice(BootIdAt, BootIdBytes).SequenceEqual(BootId);
        var numbers = bytes[NumbersAt..];
        var expected = sameBoot ? numbers : numbers[16..];
        return new HighWaterMark(
            new Acknowledged(BinaryPrimitives.ReadInt64LittleEndian(expected), BinaryPrimitives.ReadInt64LittleEndian(expected[8..])),
            BinaryPrimitives.ReadInt64LittleEndian(numbers[32..]));
    }

    private static byte[] ReadBootId()
    {
        const string path = "/proc/sys/kernel/random/boot_id";
        return File.Exists(path) && Guid.TryParse(File.ReadAllText(path).Trim(), out var id) ? id.ToByteArray() : [];
    }
}
