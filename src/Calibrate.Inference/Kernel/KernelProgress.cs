using Calibrate.Inference.Digest;

namespace Calibrate.Inference.Kernel;

/// <summary>What one call of the kernel did.</summary>
/// <param name="Digest">The chain digest after the last iteration.</param>
/// <param name="Accepted">Accepted proposals.</param>
/// <param name="Evaluations">Likelihood evaluations; proposals outside the prior's support cost none.</param>
public readonly record struct KernelProgress(ChainDigest Digest, long Accepted, long Evaluations);
