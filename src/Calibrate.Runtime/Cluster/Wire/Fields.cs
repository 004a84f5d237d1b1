using System.Runtime.InteropServices;
using Calibrate.Problems;
using Calibrate.Runtime.Journals;
using Google.Protobuf;

namespace Calibrate.Runtime.Cluster.Wire;

/// <summary>Single fields of messages, each with its limits. Readers throw <see cref="InvalidDataException"/>, which never leaves the codec.</summary>
internal static class Fields
{
    public const int LongestName = 256;
    public const int LongestReason = 4096;
    public const int LongestPath = 4096;
    public const int LongestProblem = 4 << 20;
    public const int MostSlots = 1 << 16;
    public const int MostEvaluations = 1 << 16;
    public const int MostLines = 1024;

    private const int LongestWorker = 96;
    private const int FingerprintBytes = 32;

    static Fields()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Vectors on the wire are little-endian; this machine is not.");
        }
    }

    public static Protobuf.Session From(SessionId session) => new() { Run = session.Run.Name, Epoch = session.Epoch };

    public static SessionId Session(Protobuf.Session? session) =>
        session is { Epoch: > 0 } && RunId.TryParse(session.Run, out var run)
            ? new SessionId(run, session.Epoch)
            : throw new InvalidDataException("a session without a valid run name and epoch");

    public static WorkerId Worker(string name)
    {
        if (name.Length is 0 or > LongestWorker || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'))
        {
            throw new InvalidDataException("a worker without a valid name");
        }

        return new WorkerId(name);
    }

    public static ByteString From(ModelFingerprint model) => UnsafeByteOperations.UnsafeWrap(Convert.FromHexString(model.Value.Hex));

    public static ModelFingerprint Model(ByteString bytes) => bytes.Length == FingerprintBytes
        ? new ModelFingerprint(new Fingerprint(Convert.ToHexStringLower(bytes.Span)))
        : throw new InvalidDataException($"a model fingerprint of {bytes.Length} bytes instead of {FingerprintBytes}");

    public static Protobuf.Platform From(HostPlatform platform) => new()
    {
        OperatingSystem = platform.OperatingSystem,
        Architecture = platform.Architecture,
        Runtime = platform.Runtime,
        VectorLevel = platform.VectorLevel,
        CLibrary = platform.CLibrary,
    };

    public static HostPlatform Platform(Protobuf.Platform? platform) => platform is null
        ? throw new InvalidDataException("no platform")
        : new HostPlatform(
            Text(platform.OperatingSystem, LongestName),
            Text(platform.Architecture, LongestName),
            Text(platform.Runtime, LongestName),
            Text(platform.VectorLevel, LongestName),
            Text(platform.CLibrary, LongestName));

    public static string Text(string text, int longest) => text.Length <= longest
        ? text
        : throw new InvalidDataException($"a text of {text.Length} characters where at most {longest} are allowed");

    /// <summary>A text for people, which loses its end rather than its message.</summary>
    public static string Shortened(string text, int longest = LongestReason) => text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 3), "...");

    public static int Count(long count, int most) => count >= 0 && count <= most
        ? (int)count
        : throw new InvalidDataException($"a count of {count} where 0 to {most} are allowed");

    public static long Total(long total) => total >= 0 ? total : throw new InvalidDataException($"a total of {total}");

    public static double Amount(double amount) => double.IsFinite(amount) && amount >= 0
        ? amount
        : throw new InvalidDataException("an amount that is negative or not finite");

    /// <summary>Rows of equal length as bytes, row after row.</summary>
    public static ByteString Rows<T>(int count, Func<int, T[]> row)
        where T : unmanaged
    {
        if (count == 0)
        {
            return ByteString.Empty;
        }

        var width = row(0).Length;
        var all = new T[count * width];
        for (var i = 0; i < count; i++)
        {
            row(i).CopyTo(all.AsSpan(i * width, width));
        }

        return Wrap(all);
    }

    public static ByteString Wrap<T>(T[] values)
        where T : unmanaged => UnsafeByteOperations.UnsafeWrap(MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>Elements of a column, which must divide evenly over its rows.</summary>
    public static ReadOnlySpan<T> Column<T>(ByteString bytes, int rows)
        where T : unmanaged
    {
        var size = Marshal.SizeOf<T>();
        if (bytes.Length % size != 0 || (rows == 0 ? bytes.Length != 0 : bytes.Length / size % rows != 0))
        {
            throw new InvalidDataException($"a column of {bytes.Length} bytes does not divide over {rows} rows");
        }

        return MemoryMarshal.Cast<byte, T>(bytes.Span);
    }

    public static ReadOnlySpan<T> ColumnOf<T>(ByteString bytes, int rows, int width)
        where T : unmanaged
    {
        var column = Column<T>(bytes, rows);
        return column.Length == (long)rows * width
            ? column
            : throw new InvalidDataException($"a column of {column.Length} elements instead of {rows} x {width}");
    }
}
