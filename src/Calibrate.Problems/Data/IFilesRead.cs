namespace Calibrate.Problems.Data;

/// <summary>An <see cref="IDataFiles"/> that remembers everything it has read.</summary>
internal interface IFilesRead
{
    /// <summary>The SHA-256 of the files by the path that the problem gives.</summary>
    IReadOnlyDictionary<string, Fingerprint> Digests { get; }

    /// <summary>The bytes of the files by the path that the problem gives.</summary>
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Contents { get; }
}
