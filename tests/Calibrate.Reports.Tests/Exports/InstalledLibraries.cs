using Calibrate.Reports.Exports.Hdf5;
using Calibrate.Reports.Exports.NetCdf;
using Calibrate.Runtime;

namespace Calibrate.Reports.Tests.Exports;

/// <summary>Which of the libraries that formats need this machine has.</summary>
internal static class InstalledLibraries
{
    public static bool Serve(string ending) => Missing(ending) is null;

    public static void SkipWithout(string ending)
    {
        var missing = Missing(ending);
        Skip.If(missing is not null, missing);
    }

    private static string? Missing(string ending)
    {
        try
        {
            _ = ending switch
            {
                ".nc" => NetCdfLibrary.OfThisMachine(),
                ".h5" => (object)Hdf5Library.OfThisMachine(),
                _ => "",
            };
            return null;
        }
        catch (RunRefusedException missing)
        {
            return missing.Message;
        }
    }
}
