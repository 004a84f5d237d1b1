using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Calibrate.Dashboard.Security;

/// <summary>
/// What somebody must know to use a dashboard. Only its SHA-256 is compared, in constant time: neither its content nor its length can be found out
/// by trying. <see cref="ToString"/> never says it.
/// </summary>
public sealed class AccessToken
{
    /// <summary>Fewest characters of a token that somebody chose.</summary>
    public const int ShortestChosen = 32;

    private const int RandomBytes = 32;
    private const int LongestTried = 512;

    private readonly string text;
    private readonly byte[] digest;

    private AccessToken(string text)
    {
        this.text = text;
        digest = SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>A new token of 256 random bits, in letters that need no escaping in an address.</summary>
    public static AccessToken Random() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <summary>A token that somebody chose, for programs that must know it in advance.</summary>
    /// <param name="text">At least 32 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <exception cref="FormatException">It is too short to be safe, or has characters that an address would have to escape.</exception>
    public static AccessToken Chosen(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length < ShortestChosen)
        {
            throw new FormatException($"The token has {text.Length} characters; at least {ShortestChosen} are expected, such as `openssl rand -hex 32` prints.");
        }

        return text.Length <= LongestTried && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            ? new AccessToken(text)
            : throw new FormatException($"The token may hold letters, digits, '-', '_' and '.', at most {LongestTried}; `openssl rand -hex 32` prints a good one.");
    }

    /// <summary>The token itself, to be shown once to whoever started the dashboard.</summary>
    public string Reveal() => text;

    /// <summary>Whether somebody knows the token.</summary>
    /// <param name="tried">What they said.</param>
    public bool Matches(string? tried)
    {
        if (string.IsNullOrEmpty(tried) || tried.Length > LongestTried)
        {
            return false;
        }

        Span<byte> of = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(tried), of);
        return CryptographicOperations.FixedTimeEquals(of, digest);
    }

    /// <inheritdoc/>
    public override string ToString() => "(hidden)";
}
