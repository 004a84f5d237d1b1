using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Caching;

/// <summary>
/// Deterministic outcomes as bytes of a cache: a kind, its content, and a CRC-32C over the key and both, so that a row that rotted or
/// strayed is a miss and never a wrong number. Little-endian.
/// </summary>
public static class OutcomeBytes
{
    private const byte EvaluatedKind = 1;
    private const byte FailedKind = 2;

    /// <summary>Writes an outcome.</summary>
    /// <param name="key">The evaluation it belongs to.</param>
    /// <param name="outcome">An <see cref="Evaluated"/> or a <see cref="ModelFailed"/>.</param>
    public static byte[] Write(EvaluationKey key, EvaluationOutcome outcome)
    {
        byte[] content = outcome switch
        {
            Evaluated evaluated => [EvaluatedKind, .. MemoryMarshal.AsBytes([evaluated.LogLikelihood]), .. MemoryMarshal.AsBytes(evaluated.Recorded.AsSpan())],
            ModelFailed failed => [FailedKind, (byte)failed.Kind, .. Encoding.UTF8.GetBytes(failed.Message)],
            _ => throw new ArgumentException($"{outcome?.GetType().Name} is not the same every time and is not cached.", nameof(outcome)),
        };
        var bytes = new byte[content.Length + sizeof(uint)];
        content.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(content.Length), Checksum(key, content));
        return bytes;
    }

    /// <summary>Reads an outcome; null when the bytes are not what was written for this key.</summary>
    /// <param name="key">The evaluation it should belong to.</param>
    /// <param name="bytes">The bytes.</param>
    public static EvaluationOutcome? Read(EvaluationKey key, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 + sizeof(uint))
        {
            return null;
        }

        var content = bytes[..^sizeof(uint)];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[content.Length..]) != Checksum(key, content))
        {
            return null;
        }

        var rest = content[1..];
        return content[0] switch
        {
            EvaluatedKind when rest.Length % sizeof(double) == 0 => EvaluatedOf(MemoryMarshal.Cast<byte, double>(rest)),
            FailedKind => new ModelFailed((ModelFailureKind)rest[0], Encoding.UTF8.GetString(rest[1..])),
            _ => null,
        };
    }

    private static Evaluated EvaluatedOf(ReadOnlySpan<double> numbers) => new(numbers[0], numbers[1..].ToArray());

    private static uint Checksum(EvaluationKey key, ReadOnlySpan<byte> content) => Crc32C.Append(Crc32C.Of(key.Bytes.Span), content);
}
