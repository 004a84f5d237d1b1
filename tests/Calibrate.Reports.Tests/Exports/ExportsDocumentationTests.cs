using Calibrate.Reports.Exports;

namespace Calibrate.Reports.Tests.Exports;

/// <summary>docs/exports.md says what is true: its programs run on exported files, and it knows every format.</summary>
public class ExportsDocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(PythonReader.Repository, "docs", "exports.md"));

    [Fact]
    public void Every_format_has_a_row_and_every_row_a_format()
    {
        var rows = Page.Split('\n').Where(line => line.StartsWith("| `.", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);

        Assert.Equal(RunExport.Formats.Select(format => format.Ending).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [InlineData("xarray.open_dataset", ".nc", "xarray", "netCDF4")]
    [InlineData("HDFBackend", ".h5", "h5py", "emcee")]
    [InlineData("numpy.load", ".npz", "numpy")]
    public async Task Its_programs_run(string mark, string ending, params string[] modules)
    {
        InstalledLibraries.SkipWithout(ending);
        PythonReader.SkipWithout(modules);
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws" + ending);
        await run.ExportAsync("draws.npy");
        var program = Assert.Single(Page.Split("```python\n").Skip(1).Select(rest => rest.Split("```")[0]), text => text.Contains(mark, StringComparison.Ordinal));

        Assert.NotEmpty(PythonReader.Text($"import os\nos.chdir(sys.argv[1])\n{program}", run.Folder));
    }

    [Fact]
    public void Files_it_points_to_are_there()
    {
        var targets = Page.Split("](../").Skip(1).Select(rest => rest.Split(')')[0]).ToArray();

        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.True(File.Exists(Path.Combine(PythonReader.Repository, target)), target));
    }
}
