using Calibrate.Problems.Methods;
using Calibrate.Reports.Exports;
using Calibrate.Runtime;

namespace Calibrate.Reports.Tests.Exports;

public class RunExportTests
{
    public static TheoryData<string> Endings { get; } = [.. RunExport.Formats.Select(format => format.Ending)];

    [Theory]
    [InlineData("draws.xls", "its ending says the format, and this one says none")]
    [InlineData("draws", "a file that ends in .nc (netCDF for ArviZ and xarray), .h5 (HDF5 for emcee), .cmdstan.csv")]
    [InlineData(".csv", "its ending says the format")]
    [InlineData("nowhere/draws.csv", "there is no folder")]
    [InlineData("folder.csv", "this is a folder; a file was expected")]
    public void A_name_that_cannot_be_written_is_refused_before_anything_is_read(string file, string message)
    {
        var folder = Directory.CreateTempSubdirectory("calibrate-export-");
        folder.CreateSubdirectory("folder.csv");

        var refusal = Assert.Throws<RunRefusedException>(() => RunExport.Check(Path.Combine(folder.FullName, file)));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Endings_may_be_in_capitals_and_the_longest_decides()
    {
        using var run = await ExportedRun.SampleAsync();

        Assert.Equal([run.PathOf("A.CSV")], (await run.ExportAsync("A.CSV")).Files);
        Assert.Equal(12, (await run.ExportAsync("a.CmdStan.csv")).Files.Count);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_cancelled_export_leaves_the_older_file_and_nothing_else(string ending)
    {
        using var run = await ExportedRun.SampleAsync();
        if (!InstalledLibraries.Serve(ending))
        {
            return; // told by the tests of that format
        }

        var older = run.PathOf(ending == ".txt" ? "draws_1.txt" : "draws" + ending);
        await File.WriteAllTextAsync(older, "older");
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.ExportAsync("draws" + ending, cancellation: cancellation.Token));

        Assert.Equal([older], Directory.GetFiles(run.Folder));
        Assert.Equal("older", await File.ReadAllTextAsync(older));
    }

    [Fact]
    public async Task A_run_that_goes_on_is_exported_as_it_was_when_it_was_opened()
    {
        using var live = await ExportedRun.OpenWhileItGoesOnAsync();
        using var finished = await ExportedRun.SampleAsync();

        var written = await live.ExportAsync("draws.csv", ensemble: 0);
        await finished.ExportAsync("draws.csv", ensemble: 0);

        Assert.Equal(6 * (41 - 12), written.Draws);
        var lines = await File.ReadAllLinesAsync(live.PathOf("draws.csv"));
        Assert.Equal((await File.ReadAllLinesAsync(finished.PathOf("draws.csv")))[..lines.Length], lines);
    }

    [Theory]
    [InlineData(null, null, null, 2 * 6 * 48)]
    [InlineData(0, null, null, 2 * 6 * 60)]
    [InlineData(20, 7, null, 2 * 6 * 6)]
    [InlineData(null, null, 1, 6 * 48)]
    public async Task Discard_thin_and_ensemble_say_which_draws(int? discard, int? thin, int? ensemble, int draws)
    {
        using var run = await ExportedRun.SampleAsync();

        var written = await run.ExportAsync("draws.csv", discard, thin, ensemble);

        Assert.Equal(draws, written.Draws);
        Assert.Equal(draws + 1, (await File.ReadAllLinesAsync(run.PathOf("draws.csv"))).Length);
    }

    [Theory]
    [InlineData(60, null, null, "has no draws to export yet: the first 60 iterations are left out, and it has 60")]
    [InlineData(-3, null, null, "-3 iterations cannot be left out")]
    [InlineData(null, 0, null, "a multiple of 1 was expected")]
    [InlineData(null, null, 2, "has no ensemble 2: its 2 are numbered from 0 to 1")]
    public async Task Options_that_make_no_sense_write_nothing(int? discard, int? thin, int? ensemble, string message)
    {
        using var run = await ExportedRun.SampleAsync();

        var failure = await Assert.ThrowsAnyAsync<RunException>(() => run.ExportAsync("draws.csv", discard, thin, ensemble));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(run.Folder));
    }

    [Theory]
    [InlineData("draws.nc")]
    [InlineData("draws.h5")]
    [InlineData("draws.txt")]
    [InlineData("draws.cmdstan.csv")]
    public async Task Formats_of_posteriors_do_not_take_the_candidates_of_a_search(string file)
    {
        using var run = await ExportedRun.SampleAsync(builder => builder.Method(new RandomSearchSpecification { Candidates = 20, Iterations = 10, Seed = 3 }));

        var refusal = await Assert.ThrowsAsync<RunRefusedException>(() => run.ExportAsync(file));

        Assert.Contains("whose draws are not those of a posterior; .csv, .npy and .npz take them", refusal.Message, StringComparison.Ordinal);
    }
}
