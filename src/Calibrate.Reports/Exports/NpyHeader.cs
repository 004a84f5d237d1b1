using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Calibrate.Reports.Exports;

/// <summary>
/// Headers of NumPy's <c>.npy</c> format (NEP 1): magic, version, length, and a Python dictionary padded so that the numbers start at a
/// multiple of 64 bytes. Numbers follow in C order, little-endian. Version 3.0 is used where names are not ASCII, else 1.0 or, when long, 2.0.
/// </summary>
internal static class NpyHeader
{
    private const int Alignment = 64;

    /// <summary>The header of an array of plain numbers.</summary>
    /// <param name="type">NumPy's name of the type: <c>&lt;f8</c> or <c>&lt;i8</c>.</param>
    /// <param name="shape">The array's lengths.</param>
    public static byte[] Of(string type, params ReadOnlySpan<long> shape) => Make(Text(type), shape);

    /// <summary>The header of an array of records of doubles.</summary>
    /// <param name="fields">Names of the fields, all different.</param>
    /// <param name="shape">The array's lengths.</param>
    public static byte[] OfRecords(IEnumerable<string> fields, params ReadOnlySpan<long> shape) =>
        Make($"[{string.Join(", ", fields.Select(field => $"({Text(field)}, '<f8')"))}]", shape);

    private static byte[] Make(string description, ReadOnlySpan<long> shape)
    {
        StringBuilder lengths = new();
        foreach (var length in shape)
        {
            lengths.Append(CultureInfo.InvariantCulture, $"{length}, ");
        }

        var dictionary = $"{{'descr': {description}, 'fortran_order': False, 'shape': ({lengths}), }}";
        var text = Encoding.UTF8.GetBytes(dictionary);
        var version = text.Length > dictionary.Length ? 3 : text.Length > 65_000 ? 2 : 1;
        var preamble = version == 1 ? 10 : 12;
        var total = (preamble + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var header = new byte[total];
        "\u0093NUMPY"u8[1..].CopyTo(header.AsSpan(0)); // the byte 0x93 alone, not its UTF-8 form
        header[6] = (byte)version;
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(total - preamble));
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), (uint)(total - preamble));
        }

        text.CopyTo(header, preamble);
        header.AsSpan(preamble + text.Length).Fill((byte)' ');
        header[^1] = (byte)'\n';
        return header;
    }

    private static string Text(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).ReplaceLineEndings(" ")}'";
}
