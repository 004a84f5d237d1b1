using System.Security.Cryptography;
using System.Text;

namespace Calibrate.Problems;

/// <summary>A SHA-256 in lower-case hexadecimal: two things with equal fingerprints are the same.</summary>
/// <param name="Hex">64 hexadecimal digits.</param>
public readonly record struct Fingerprint(string Hex)
{
    /// <summary>The fingerprint of a text in UTF-8.</summary>
    public static Fingerprint Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The fingerprint of bytes.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>The first 12 digits, enough to tell things apart by eye.</summary>
    public string Short => Hex[..12];

    /// <inheritdoc/>
    public override string ToString() => Hex;
}
