namespace Calibrate.Problems.Files;

/// <summary>A problem with everything it reads: enough to build it again on another machine.</summary>
/// <param name="Source">The problem file's text, its path where it was written, and the overrides.</param>
/// <param name="Files">The bytes of every data file, by the path that the problem gives.</param>
public sealed record ProblemBundle(ProblemSource Source, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files);
