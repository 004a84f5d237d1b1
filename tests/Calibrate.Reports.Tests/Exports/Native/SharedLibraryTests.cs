using Calibrate.Reports.Exports.Hdf5;
using Calibrate.Reports.Exports.Native;
using Calibrate.Reports.Exports.NetCdf;
using Calibrate.Runtime;

namespace Calibrate.Reports.Tests.Exports.Native;

public class SharedLibraryTests
{
    private static readonly LibraryNeed CLibrary = new("libc", "Testing", "CALIBRATE_TEST", "libc6", "glibc", "-", ["libnowhere.so.1", "libc.so.6"]);

    [Fact]
    public void A_missing_library_is_told_with_how_to_install_it()
    {
        var netCdf = Assert.Throws<RunRefusedException>(() => NetCdfLibrary.Load("libnowhere.so.1")).Message;
        var hdf5 = Assert.Throws<RunRefusedException>(() => Hdf5Library.Load("libnowhere.so.1")).Message;

        Assert.StartsWith("Writing .nc needs the library libnetcdf, which is not installed (looked for libnowhere.so.1).", netCdf, StringComparison.Ordinal);
        Assert.Contains("sudo apt install libnetcdf19", netCdf, StringComparison.Ordinal);
        Assert.Contains("sudo dnf install netcdf", netCdf, StringComparison.Ordinal);
        Assert.Contains("brew install netcdf", netCdf, StringComparison.Ordinal);
        Assert.Contains("the environment variable CALIBRATE_NETCDF", netCdf, StringComparison.Ordinal);
        Assert.StartsWith("Writing .h5 needs the library libhdf5", hdf5, StringComparison.Ordinal);
        Assert.Contains("sudo apt install libhdf5-103-1", hdf5, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_next_name_is_tried_and_a_library_without_a_function_is_told()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the C library has this name on Linux only");
        var library = SharedLibrary.Load(CLibrary);

        Assert.NotEqual(0, library.AddressOf("strlen"));
        Assert.Equal(
            "The library libc of this machine is not one that Calibrate can use: it has no 'nc_create'.",
            Assert.Throws<RunRefusedException>(() => library.AddressOf("nc_create")).Message);
    }

    [Fact]
    public void Text_is_utf_8_and_ends_with_zero() => Assert.Equal([0xCE, 0x94, 0], SharedLibrary.Text("Δ"));
}
