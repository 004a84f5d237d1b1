using System.Globalization;
using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Tests.Exports;

public class CmdStanExportTests
{
    [Fact]
    public async Task There_is_a_file_per_walker_with_the_draws_to_the_last_bit()
    {
        using var run = await ExportedRun.SampleAsync();

        var written = await run.ExportAsync("draws.cmdstan.csv");

        Assert.Equal(Enumerable.Range(1, 12).Select(i => run.PathOf($"draws_{i}.cmdstan.csv")), written.Files);
        Assert.Equal(12, Directory.GetFiles(run.Folder).Length);
        string[] names = [RunReader.LogPosterior, "mu", "lambda0", "total", "y@0", "y@1", "y@2", ExportedRun.OddName];
        for (var chain = 0; chain < 12; chain++)
        {
            var lines = (await File.ReadAllLinesAsync(written.Files[chain])).SkipWhile(line => line.StartsWith('#')).ToArray();
            Assert.Equal("lp__,mu,lambda0,total,y.1,y.2,y.3,mass_____total_", lines[0]);
            var rows = lines.Skip(1).Select(line => line.Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray()).ToArray();
            for (var c = 0; c < names.Length; c++)
            {
                Assert.Equal((await run.DrawsAsync(names[c])).Chain(chain).ToArray(), rows.Select(row => row[c]));
            }
        }
    }

    /// <summary>What cmdstanpy's <c>from_csv</c> looks for: it expects <c>num_samples / thin</c> rows.</summary>
    [Fact]
    public async Task The_comments_say_what_readers_ask_for()
    {
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.cmdstan.csv", discard: 20, thin: 4);

        var lines = await File.ReadAllLinesAsync(run.PathOf("draws_8.cmdstan.csv"));
        var settings = lines.TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart(' ', '#').Split(" = ")).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal("short_problem", settings["model"]);
        Assert.Equal("sample (Default)", settings["method"]);
        Assert.Equal(("40", "20", "4"), (settings["num_samples"], settings["num_warmup"], settings["thin"]));
        Assert.Equal("fixed_param", settings["algorithm"]);
        Assert.Equal("8", settings["id"]);
        Assert.Contains("# Written by Calibrate from run short, walker 1 of ensemble 1", lines);
        Assert.Equal(10, lines.SkipWhile(line => line.StartsWith('#')).Count() - 1);
    }

    [Fact]
    public async Task Files_of_an_export_with_more_chains_are_not_left_to_be_read_with_these()
    {
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.cmdstan.csv");
        await run.ExportAsync("draws.cmdstan.csv");

        var refusal = await Assert.ThrowsAsync<RunRefusedException>(() => run.ExportAsync("draws.cmdstan.csv", ensemble: 0));

        Assert.Contains("draws_10.cmdstan.csv is there, and this export has 6 files", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(12, Directory.GetFiles(run.Folder).Length);
    }

    [Fact]
    public async Task A_quantity_that_is_called_like_a_column_of_the_sampler_is_renamed()
    {
        using var run = await ExportedRun.SampleAsync(builder => builder.Derived(new DerivedQuantity("energy__", "2 * mu")));

        var written = await run.ExportAsync("draws.cmdstan.csv");

        Assert.Contains("total,energy__v,y.1", await File.ReadAllTextAsync(written.Files[0]), StringComparison.Ordinal);
    }
}
