using Calibrate.Reports.Predictive;

namespace Calibrate.Reports.Exports;

/// <summary>What to export and where to. The names are those of emcee's <c>get_chain</c>; iterations are counted as the run counts them.</summary>
/// <param name="Path">The file to write; its ending says the format (<see cref="RunExport.Formats"/>).</param>
public sealed record ExportOptions(string Path)
{
    /// <summary>Iterations to leave out at the beginning, 0 for none; null for the run's warm-up.</summary>
    public int? Discard { get; init; }

    /// <summary>Export the iterations that are multiples of it; a multiple of the run's own thinning. Null for all that the run kept.</summary>
    public int? Thin { get; init; }

    /// <summary>The only ensemble to export, from 0; null for all.</summary>
    public int? Ensemble { get; init; }

    /// <summary>How many posterior predictive draws the formats that hold such get, and what that may cost.</summary>
    public PredictiveSettings Predictive { get; init; } = new();
}

/// <summary>What an export wrote.</summary>
/// <param name="Draws">Draws of all walkers.</param>
/// <param name="Files">The files, complete and under their names.</param>
/// <param name="Notes">What the format has room for and the run could not fill, one sentence each.</param>
public sealed record ExportResult(long Draws, IReadOnlyList<string> Files, IReadOnlyList<string> Notes);

/// <summary>A file format.</summary>
/// <param name="Ending">What its files' names end in, for example <c>.nc</c>.</param>
/// <param name="Description">What it is, in a few words.</param>
public sealed record ExportFormat(string Ending, string Description);
