using System.Globalization;
using Calibrate.Problems;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// Names what workers evaluate: the model's fingerprint with the limits of its evaluations. Problems with different limits share no queue, because
/// the slots that keep them are not the same.
/// </summary>
public static class ClusterModel
{
    /// <summary>The limits that a problem sets to its evaluations.</summary>
    /// <param name="problem">The problem.</param>
    public static SlotLimits LimitsOf(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new SlotLimits(problem.Execution.Timeout, problem.Execution.Memory);
    }

    /// <summary>The name of what is evaluated for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="build">Identity of the code that evaluates (<see cref="BuildIdentity"/>).</param>
    public static ModelFingerprint Of(Problem problem, string build)
    {
        var limits = LimitsOf(problem);
        return new ModelFingerprint(Fingerprint.Of(string.Create(
            CultureInfo.InvariantCulture,
            $"{problem.ModelFingerprint(build).Hex}\ntimeout {limits.Timeout?.Ticks}\nmemory {limits.Memory}\n")));
    }
}
