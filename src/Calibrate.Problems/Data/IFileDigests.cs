namespace Calibrate.Problems.Data;

/// <summary>An <see cref="IDataFiles"/> that knows the SHA-256 of everything it has read.</summary>
internal interface IFileDigests
{
    /// <summary>The digests by the path that the problem gives.</summary>
    IReadOnlyDictionary<string, Fingerprint> Digests { get; }
}
