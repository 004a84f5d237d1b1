using Calibrate.Cli.Commands;
using Calibrate.Journal.Sqlite;
using Calibrate.Models;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Tests.Commands;

public class DashboardDownloadsTests
{
    private const string Problem = """
        name: small
        model: {name: gaussian, options: {dimension: 2}}
        parameters: {x1: "uniform(-5, 5)", x2: "uniform(-5, 5)"}
        method: {ensembles: 2, walkers: 8, iterations: 100, seed: 1}
        """;

    [Fact]
    public async Task Reports_and_tables_are_those_of_the_command_line()
    {
        using var folder = new CalibrateInFolder();
        var runs = Path.Combine(folder.Folder, "runs");
        Assert.Equal(ExitCode.Done, (await CalibrateInFolder.RunAsync("run", folder.Write("small.yaml", Problem), "--runs-dir", runs, "--quiet")).Code);
        var exported = Path.Combine(folder.Folder, "by-command.csv");
        Assert.Equal(ExitCode.Done, (await CalibrateInFolder.RunAsync("export", "small", "--to", exported, "--runs-dir", runs)).Code);

        await using var journal = new SqliteJournal(runs);
        var downloads = DashboardDownloads.Of(journal, new BuiltInModels(), TimeProvider.System, "");
        Assert.Equal(["report", "nc", "h5", "csv", "npz"], downloads.Select(download => download.Name));
        Assert.All(downloads, download => Assert.EndsWith(download.Name == "report" ? "(HTML)" : $"({download.Ending})", download.Label, StringComparison.Ordinal));

        var table = Path.Combine(folder.Folder, "small.csv");
        await downloads[3].WriteAsync(RunId.Parse("small"), table, CancellationToken.None);
        Assert.Equal(await File.ReadAllTextAsync(exported), await File.ReadAllTextAsync(table));
        var report = Path.Combine(folder.Folder, "small.html");
        await downloads[0].WriteAsync(RunId.Parse("small"), report, CancellationToken.None);
        Assert.Contains("</html>", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
    }
}
