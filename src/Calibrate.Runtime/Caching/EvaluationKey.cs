using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Calibrate.Problems;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Caching;

/// <summary>
/// Names one evaluation in a cache: the beginning of the model fingerprint, by which a person can tell what is kept, and 26 bytes of the SHA-256
/// of what is evaluated, where, and the bits of the natural parameters.
/// </summary>
/// <param name="Bytes">32 bytes, not to be changed.</param>
public readonly record struct EvaluationKey(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Bytes of the model fingerprint at the beginning: as many as <see cref="Fingerprint.Short"/> shows.</summary>
    public const int ModelBytes = 6;
}

/// <summary>Makes the keys of one problem.</summary>
/// <remarks>
/// The seed of every key is the model fingerprint (model, options, data, targets, likelihood, natural parameters, recorded outputs and the build
/// that computes them) and the platform: whatever could give other bits gives other keys.
/// </remarks>
public sealed class EvaluationKeys
{
    private readonly byte[] model;
    private readonly byte[] prefix;

    /// <summary>Prepares the keys of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="build">Identity of the code that evaluates (<see cref="BuildIdentity"/>).</param>
    /// <param name="platform">Where evaluations run.</param>
    public EvaluationKeys(Problem problem, string build, HostPlatform platform)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(platform);
        var fingerprint = problem.ModelFingerprint(build);
        model = Convert.FromHexString(fingerprint.Short);
        prefix = SHA256.HashData(Encoding.UTF8.GetBytes($"{fingerprint.Hex}\n{platform}\n"));
    }

    /// <summary>The key of one evaluation.</summary>
    /// <param name="natural">The natural parameters; signed zeros differ.</param>
    public EvaluationKey Of(ReadOnlySpan<double> natural)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(prefix);
        hash.AppendData(MemoryMarshal.AsBytes(natural));
        var key = hash.GetHashAndReset();
        model.CopyTo(key, 0);
        return new EvaluationKey(key);
    }
}
