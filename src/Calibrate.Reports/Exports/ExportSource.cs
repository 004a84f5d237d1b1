using System.Globalization;
using Calibrate.Problems;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Exports;

/// <summary>The draws that an export writes: which of them, their names, and how to read them in pieces.</summary>
internal sealed class ExportSource
{
    // Large enough that pieces of a column are written in runs of kilobytes, small enough for a processor's cache not to matter much.
    private const int LargestSlabs = 32 << 20;

    public ExportSource(RunReader reader, Problem problem, int? ensemble, PredictiveSettings predictive, DateTimeOffset createdAt)
    {
        Reader = reader;
        Problem = problem;
        Predictive = predictive;
        CreatedAt = createdAt;
        _ = reader.Slabs([], ensemble, 1); // says so when there is no such ensemble
        Ensembles = ensemble is { } only ? [only] : [.. Enumerable.Range(0, reader.Ensembles)];
        if (reader.DrawsPerChain == 0)
        {
            throw new RunException(string.Create(
                CultureInfo.InvariantCulture,
                $"Run '{reader.State.Identity.Run}' has no draws to export yet: the first {reader.WarmUp:N0} iterations are left out, and it has {Math.Max(0, reader.Iteration):N0}."));
        }
    }

    public RunReader Reader { get; }

    public Problem Problem { get; }

    public PredictiveSettings Predictive { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>Indexes of the ensembles to export.</summary>
    public IReadOnlyList<int> Ensembles { get; }

    public int Walkers => Reader.State.Identity.Walkers;

    /// <summary>Chains to export: the walkers of all those ensembles, ensemble-major.</summary>
    public int Chains => Ensembles.Count * Walkers;

    public int DrawsPerChain => Reader.DrawsPerChain;

    public long Draws => (long)Chains * DrawsPerChain;

    /// <summary>Free parameters, derived quantities, recorded outputs: what every format holds beside the log posterior.</summary>
    public IReadOnlyList<string> Names => [.. Problem.ReportedNames, .. Problem.RecordedNames];

    /// <summary>Where an ensemble stands among those to export.</summary>
    public int PlaceOf(int ensemble) => ensemble - Ensembles[0];

    /// <summary>Draws per slab so that all slabs in memory together stay below a bound.</summary>
    /// <param name="columns">Quantities to read.</param>
    /// <param name="multipleOf">Slabs hold a multiple of so many draws, whatever the bound.</param>
    /// <param name="largestSlabs">The bound in bytes.</param>
    public int DrawsPerSlab(int columns, int multipleOf = 1, int largestSlabs = LargestSlabs)
    {
        var bytesPerDraw = (long)sizeof(double) * Chains * columns;
        var draws = Math.Clamp(largestSlabs / Math.Max(1, bytesPerDraw), 1, DrawsPerChain);
        return (int)Math.Max(1, draws / multipleOf) * multipleOf;
    }

    /// <summary>The draws of some quantities, all ensembles to export in one reading of the journal.</summary>
    public DrawSlabs Slabs(IReadOnlyList<string> names, int drawsPerSlab) =>
        Reader.Slabs(names, Ensembles.Count == Reader.Ensembles ? null : Ensembles[0], drawsPerSlab);

    /// <summary>The draws of one ensemble.</summary>
    public DrawSlabs Slabs(IReadOnlyList<string> names, int ensemble, int drawsPerSlab) => Reader.Slabs(names, ensemble, drawsPerSlab);
}
