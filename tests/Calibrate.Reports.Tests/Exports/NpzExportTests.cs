using System.IO.Compression;
using System.Runtime.InteropServices;
using Calibrate.Problems;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Tests.Exports;

public class NpzExportTests
{
    [Fact]
    public async Task Every_quantity_is_an_array_of_chains_and_draws_to_the_last_bit()
    {
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.npz");
        using var archive = await ZipFile.OpenReadAsync(run.PathOf("draws.npz"));

        string[] scalars = [RunReader.LogPosterior, "mu", "lambda0", "total", ExportedRun.OddName];
        Assert.Equal(scalars.Concat(["y", "ensemble", "walker", "iteration"]).Order(), archive.Entries.Select(entry => entry.Name[..^4]).Order());
        foreach (var name in scalars)
        {
            var (header, values) = Array(archive, name);
            Assert.Contains("'shape': (12, 48, )", header, StringComparison.Ordinal);
            Assert.Equal((await run.DrawsAsync(name)).All.ToArray(), values);
        }
    }

    [Fact]
    public async Task An_output_that_is_recorded_as_a_whole_is_one_array()
    {
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.npz", thin: 5);
        using var archive = await ZipFile.OpenReadAsync(run.PathOf("draws.npz"));

        var (header, values) = Array(archive, "y");

        Assert.Contains("'shape': (12, 10, 3, )", header, StringComparison.Ordinal);
        for (var k = 0; k < 3; k++)
        {
            var draws = await run.DrawsAsync($"y@{k}", thin: 5);
            Assert.Equal(draws.All.ToArray(), values.Where((_, i) => i % 3 == k));
        }
    }

    [Fact]
    public async Task Indexes_say_what_chains_and_draws_are()
    {
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.npz", discard: 20, thin: 10, ensemble: 1);
        using var archive = await ZipFile.OpenReadAsync(run.PathOf("draws.npz"));

        Assert.Equal([1, 1, 1, 1, 1, 1], Index(archive, "ensemble"));
        Assert.Equal([0, 1, 2, 3, 4, 5], Index(archive, "walker"));
        Assert.Equal([30, 40, 50, 60], Index(archive, "iteration"));
        Assert.All(archive.Entries, entry => Assert.Equal(ExportedRun.Now.UtcDateTime, entry.LastWriteTime.DateTime));
    }

    [Fact]
    public async Task A_quantity_that_is_called_as_an_index_keeps_its_name()
    {
        using var run = await ExportedRun.SampleAsync(builder => builder.Derived(new DerivedQuantity("walker", "2 * mu")));
        await run.ExportAsync("draws.npz");
        using var archive = await ZipFile.OpenReadAsync(run.PathOf("draws.npz"));

        Assert.Equal((await run.DrawsAsync("walker")).All.ToArray(), Array(archive, "walker").Values);
        Assert.Equal(12, Index(archive, "walker_2").Length);
    }

    private static (string Header, double[] Values) Array(ZipArchive archive, string name)
    {
        using var stream = archive.GetEntry(name + ".npy")!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return NpyFile.Read(bytes.ToArray());
    }

    private static long[] Index(ZipArchive archive, string name)
    {
        var (header, values) = Array(archive, name);
        Assert.Contains("'<i8'", header, StringComparison.Ordinal);
        return MemoryMarshal.Cast<double, long>(values).ToArray();
    }
}
