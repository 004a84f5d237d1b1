using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Models;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Commands;

/// <summary>The problem of a run that exists, found again from its journal.</summary>
internal static class StoredProblem
{
    /// <summary>
    /// The problem as its file says now, with the settings the run was started with; a change that would change the chain is then refused.
    /// When the file is gone, the text that the journal kept.
    /// </summary>
    public static async Task<Problem> LoadCurrentAsync(IJournal journal, RunId run, IModelCatalog models, CancellationToken cancellation)
    {
        var source = await SourceAsync(journal, run, cancellation);
        return File.Exists(source.Path)
            ? ProblemFile.Load(source.Path, models, source.Overrides)
            : ProblemFile.Parse(source, models);
    }

    /// <summary>The problem exactly as it was when the run was started, data files aside.</summary>
    public static async Task<Problem> LoadAsStartedAsync(IJournal journal, RunId run, IModelCatalog models, CancellationToken cancellation) =>
        ProblemFile.Parse(await SourceAsync(journal, run, cancellation), models);

    private static async Task<ProblemSource> SourceAsync(IJournal journal, RunId run, CancellationToken cancellation)
    {
        var listing = await RunListing.ReadAsync(journal, run, cancellation);
        var identity = listing.Identity ?? throw new UserException($"Run '{run}' was created but never started; start it with `calibrate run FILE --name {run}`.");
        return identity.Source
            ?? throw new UserException($"The problem of run '{run}' was built in code, not read from a file; go on with it from that program.");
    }
}
