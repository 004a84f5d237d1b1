namespace Calibrate.Inference.Digest;

/// <summary>The running 128-bit digest of one ensemble's chain.</summary>
/// <param name="Word0">First word.</param>
/// <param name="Word1">Second word.</param>
public readonly record struct ChainDigest(ulong Word0, ulong Word1);
