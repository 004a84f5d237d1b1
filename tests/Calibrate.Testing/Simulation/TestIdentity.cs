using Calibrate.Inference;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;

namespace Calibrate.Testing.Simulation;

/// <summary>Identities of runs in tests.</summary>
public static class TestIdentity
{
    /// <summary>A platform that is nobody's.</summary>
    public static HostPlatform Platform { get; } = new("test", "none", ".NET 10.0.0", "no vectors", "none");

    /// <summary>The identity of a run of a method.</summary>
    public static RunIdentity Of(RunId run, IMethod method) => new()
    {
        Run = run.Name,
        Problem = "test",
        CanonicalProblem = "model = test\n",
        ChainFingerprint = "0",
        Seed = 1,
        Method = method.Name,
        MethodVersion = method.Version,
        Ensembles = method.Ensembles,
        Walkers = method.Walkers,
        Dimension = method.Dimension,
        RecordedCount = method.RecordedCount,
        CalibrateVersion = "test",
        StartedAt = DateTimeOffset.UnixEpoch,
    };
}
