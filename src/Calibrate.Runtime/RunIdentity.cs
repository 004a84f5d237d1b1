using Calibrate.Problems;

namespace Calibrate.Runtime;

/// <summary>What a run is: fixed by its first event and never changed.</summary>
public sealed record RunIdentity
{
    /// <summary>Name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>Name of the problem.</summary>
    public required string Problem { get; init; }

    /// <summary>The file the problem came from, from which it can be built again; null for a problem built in code.</summary>
    public ProblemSource? Source { get; init; }

    /// <summary>Canonical text of the problem: compared line by line when a resumed problem differs.</summary>
    public required string CanonicalProblem { get; init; }

    /// <summary>Fingerprint of everything that decides the chain: problem, data and seed.</summary>
    public required string ChainFingerprint { get; init; }

    /// <summary>Seed of the chain.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whether the seed was drawn from the host's entropy because nobody gave one.</summary>
    public bool SeedFromHost { get; init; }

    /// <summary>
    /// Sampled-space position around which the walkers started, for a problem that starts from its best fit: kept so that no resume searches
    /// again. Null for other problems.
    /// </summary>
    public double[]? BestFit { get; init; }

    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>Version of the method.</summary>
    public required int MethodVersion { get; init; }

    /// <summary>Number of independent ensembles.</summary>
    public required int Ensembles { get; init; }

    /// <summary>Walkers per ensemble.</summary>
    public required int Walkers { get; init; }

    /// <summary>Number of sampled parameters.</summary>
    public required int Dimension { get; init; }

    /// <summary>Number of model outputs recorded per draw.</summary>
    public int RecordedCount { get; init; }

    /// <summary>Version of Calibrate that started the run.</summary>
    public required string CalibrateVersion { get; init; }

    /// <summary>When the run was started, to the millisecond, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }
}
