using System.Globalization;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Parameters;
using Calibrate.Runtime;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Tests.Exports;

public class GetDistExportTests
{
    [Fact]
    public async Task There_is_a_file_per_ensemble_whose_rows_go_walker_by_walker()
    {
        using var run = await ExportedRun.SampleAsync();

        var written = await run.ExportAsync("draws.txt");

        Assert.Equal(["draws_1.txt", "draws_2.txt", "draws.paramnames", "draws.ranges"], written.Files.Select(Path.GetFileName));
        Assert.Equal(4, Directory.GetFiles(run.Folder).Length);
        string[] names = [RunReader.LogPosterior, "mu", "lambda0", "total", "y@0", "y@1", "y@2", ExportedRun.OddName];
        for (var ensemble = 0; ensemble < 2; ensemble++)
        {
            var rows = (await File.ReadAllLinesAsync(written.Files[ensemble]))
                .Select(line => line.Split(' ').Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray()).ToArray();
            Assert.Equal(6 * ExportedRun.Draws, rows.Length);
            Assert.All(rows, row => Assert.Equal(1, row[0]));
            for (var c = 0; c < names.Length; c++)
            {
                var draws = await run.DrawsAsync(names[c]);
                var expected = draws.All.Slice(ensemble * rows.Length, rows.Length).ToArray();
                Assert.Equal(c == 0 ? expected.Select(value => -value) : expected, rows.Select(row => row[c + 1]));
            }
        }
    }

    [Fact]
    public async Task Names_have_labels_and_marks_and_ranges_have_the_ends_of_the_priors()
    {
        using var run = await ExportedRun.SampleAsync(builder => builder
            .Parameter(Parameter.Free("sigma_obs", new Normal(1, 1)) with { Bounds = new Support(0, 2.5) })
            .Derived(new Calibrate.Problems.DerivedQuantity("half", "sigma_obs / 2")));

        await run.ExportAsync("draws.txt");

        Assert.Equal(
            [
                @"mu" + "\t" + @"\mu",
                @"lambda0" + "\t" + @"\mathrm{decay\ rate}",
                @"sigma_obs" + "\t" + @"\sigma_{\mathrm{obs}}",
                @"total*" + "\t" + @"\mathrm{total}",
                @"half*" + "\t" + @"\mathrm{half}",
            ],
            (await File.ReadAllLinesAsync(run.PathOf("draws.paramnames")))[..5]);
        Assert.Equal(["mu\tN\tN", "lambda0\t0\tN", "sigma_obs\t0\t2.5"], await File.ReadAllLinesAsync(run.PathOf("draws.ranges")));
    }

    [Theory]
    [InlineData("draws.txt", "GetDist would read it together with the files of this export")]
    [InlineData("draws_3.txt", "this export has 2 files")]
    public async Task Chains_of_another_export_are_not_left_to_be_read_with_these(string other, string message)
    {
        using var run = await ExportedRun.SampleAsync();
        await File.WriteAllTextAsync(run.PathOf(other), "1 2 3\n");
        await File.WriteAllTextAsync(run.PathOf("draws_of_mine.txt"), "nobody reads this one");

        var refusal = await Assert.ThrowsAsync<RunRefusedException>(() => run.ExportAsync("draws.txt"));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(run.Folder).Length);
    }
}
