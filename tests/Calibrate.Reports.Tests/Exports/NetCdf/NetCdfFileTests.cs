using Calibrate.Reports.Exports.NetCdf;

namespace Calibrate.Reports.Tests.Exports.NetCdf;

public sealed class NetCdfFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-netcdf-").FullName;

    [SkippableFact]
    public void A_place_that_cannot_be_written_is_an_error_with_the_librarys_words()
    {
        InstalledLibraries.SkipWithout(".nc");

        var failure = Assert.Throws<IOException>(() => NetCdfFile.Create(NetCdfLibrary.OfThisMachine(), Path.Combine(folder, "nowhere", "a.nc")));

        Assert.StartsWith($"libnetcdf cannot create {Path.Combine(folder, "nowhere", "a.nc")}: ", failure.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_second_of_two_equal_names_is_an_error_that_names_it()
    {
        InstalledLibraries.SkipWithout(".nc");
        using var file = NetCdfFile.Create(NetCdfLibrary.OfThisMachine(), Path.Combine(folder, "a.nc"));
        file.Root.AddDimension("x", 2);

        var failure = Assert.Throws<IOException>(() => file.Root.AddDimension("x", 3));

        Assert.Contains("cannot add dimension 'x'", failure.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Pieces_texts_and_numbers_come_back()
    {
        InstalledLibraries.SkipWithout(".nc");
        PythonReader.SkipWithout("netCDF4");
        var path = Path.Combine(folder, "a.nc");
        using (var file = NetCdfFile.Create(NetCdfLibrary.OfThisMachine(), path))
        {
            var group = file.Root.AddGroup("g");
            var variable = group.AddVariable("v, Δ", NetCdfLibrary.Double, [group.AddDimension("x", 2), group.AddDimension("y", 3)], [1, 3]);
            group.SetAttribute("units", "µm", variable);
            group.SetAttribute("empty", "");
            group.SetAttribute("count", 7L);
            group.SetAttribute("share", 0.25);
            group.Write(variable, [1, 0], [1, 3], [4, 5, double.NegativeInfinity]);
            group.Write(variable, [0, 0], [1, 3], [1, 2, double.NaN]);
            file.Close();
        }

        var values = PythonReader.Numbers(
            "import netCDF4\ng = netCDF4.Dataset(sys.argv[1])['g']\ng.set_auto_mask(False)\nassert g['v, Δ'].units == 'µm' and g.empty == ''\nout(g['v, Δ'][:])\nout([g.count, g.share])", path);

        Assert.Equal([1, 2, double.NaN, 4, 5, double.NegativeInfinity, 7, 0.25], values);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
