using Calibrate.Problems;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;

namespace Calibrate.Dashboard;

/// <summary>What a dashboard shows, and through whom it acts.</summary>
public sealed record DashboardSources
{
    /// <summary>Where the runs are.</summary>
    public required IJournal Journal { get; init; }

    /// <summary>Where that is, in words, without any password.</summary>
    public required string Place { get; init; }

    /// <summary>Finds the problem that a run was started with; what it throws is shown to the user.</summary>
    public required Func<RunId, CancellationToken, Task<Problem>> LoadProblemAsync { get; init; }

    /// <summary>Reaches the coordinators of runs; null when there is no way to them.</summary>
    public IRunControl? Control { get; init; }

    /// <summary>What can be downloaded of a run.</summary>
    public IReadOnlyList<RunDownload> Downloads { get; init; } = [];

    /// <summary>Time.</summary>
    public required TimeProvider Clock { get; init; }
}

/// <summary>A file that can be made of a run.</summary>
/// <param name="Name">Its name in addresses: small letters, digits and hyphens.</param>
/// <param name="Label">What a button says.</param>
/// <param name="Ending">Ending of the file's name, with the dot.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="WriteAsync">Writes it at a path in an existing folder; what it throws is shown to the user.</param>
public sealed record RunDownload(string Name, string Label, string Ending, string ContentType, Func<RunId, string, CancellationToken, Task> WriteAsync);
