using System.Globalization;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Tests.Exports;

public class CsvExportTests
{
    [Fact]
    public async Task Rows_go_by_ensemble_iteration_and_walker_and_read_back_to_the_same_bits()
    {
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.csv");

        var lines = await File.ReadAllLinesAsync(run.PathOf("draws.csv"));

        Assert.Equal($"ensemble,walker,iteration,log_posterior,mu,lambda0,total,y@0,y@1,y@2,\"{ExportedRun.OddName}\"", lines[0]);
        var rows = lines.Skip(1).Select(line => line.Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        var keys = rows.Select(row => (row[0], row[2], row[1])).ToArray();
        Assert.Equal(((0, 13, 0), (1, 60, 5)), (keys[0], keys[^1]));
        Assert.Equal(keys.Distinct().Order(), keys);
        string[] names = [RunReader.LogPosterior, "mu", "lambda0", "total", "y@0", "y@1", "y@2", ExportedRun.OddName];
        for (var c = 0; c < names.Length; c++)
        {
            var draws = await run.DrawsAsync(names[c]);
            Assert.All(rows, row => Assert.Equal(
                BitConverter.DoubleToInt64Bits(draws.Chain(((int)row[0] * ExportedRun.Walkers) + (int)row[1])[(int)row[2] - 13]),
                BitConverter.DoubleToInt64Bits(row[c + 3])));
        }
    }

    [Fact]
    public async Task The_same_chain_gives_the_same_file_and_replaces_an_older_one()
    {
        using var run = await ExportedRun.SampleAsync();
        using var again = await ExportedRun.SampleAsync();
        await File.WriteAllTextAsync(run.PathOf("draws.csv"), "older");

        await run.ExportAsync("draws.csv");
        await again.ExportAsync("draws.csv");

        Assert.Equal(await File.ReadAllTextAsync(again.PathOf("draws.csv")), await File.ReadAllTextAsync(run.PathOf("draws.csv")));
        Assert.Equal([run.PathOf("draws.csv")], Directory.GetFiles(run.Folder));
    }
}
