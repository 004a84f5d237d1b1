using System.Runtime.InteropServices;
using System.Text;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Tests.Exports;

public class NpyExportTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(0, 7)]
    public async Task Records_stand_by_ensemble_draw_and_walker_to_the_last_bit(int? discard, int? thin)
    {
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.npy", discard, thin);

        var (header, values) = NpyFile.Read(await File.ReadAllBytesAsync(run.PathOf("draws.npy")));

        string[] names = [RunReader.LogPosterior, "mu", "lambda0", "total", "y@0", "y@1", "y@2", ExportedRun.OddName];
        var draws = run.Reader.Select(discard, thin).DrawsPerChain;
        var fields = string.Join(", ", names.Select(name => $"('{name.Replace("'", "\\'", StringComparison.Ordinal)}', '<f8')"));
        Assert.Equal($"{{'descr': [{fields}], 'fortran_order': False, 'shape': (2, {draws}, 6, ), }}", header);
        for (var c = 0; c < names.Length; c++)
        {
            var column = await run.DrawsAsync(names[c], discard, thin);
            for (var i = c; i < values.Length; i += names.Length)
            {
                var record = i / names.Length;
                var chain = (record / (draws * 6) * 6) + (record % 6);
                Assert.Equal(BitConverter.DoubleToInt64Bits(column.Chain(chain)[record / 6 % draws]), BitConverter.DoubleToInt64Bits(values[i]));
            }
        }
    }

    [Fact]
    public async Task One_ensemble_is_an_array_of_one()
    {
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.npy");
        await run.ExportAsync("one.npy", ensemble: 1);

        var (header, values) = NpyFile.Read(await File.ReadAllBytesAsync(run.PathOf("one.npy")));

        Assert.Contains("'shape': (1, 48, 6, )", header, StringComparison.Ordinal);
        Assert.Equal(NpyFile.Read(await File.ReadAllBytesAsync(run.PathOf("draws.npy"))).Values[values.Length..], values);
    }
}

/// <summary>A reader of the format, written from its specification and not from our writer.</summary>
internal static class NpyFile
{
    public static (string Header, double[] Values) Read(byte[] file)
    {
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'], file[..6]);
        var preamble = file[6] == 1 ? 10 : 12;
        var length = file[6] == 1 ? BitConverter.ToUInt16(file, 8) : (int)BitConverter.ToUInt32(file, 8);
        Assert.Equal(0, (preamble + length) % 64);
        Assert.Equal((byte)'\n', file[preamble + length - 1]);
        var text = (file[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(file, preamble, length);
        return (text.TrimEnd(), MemoryMarshal.Cast<byte, double>(file.AsSpan(preamble + length)).ToArray());
    }
}
