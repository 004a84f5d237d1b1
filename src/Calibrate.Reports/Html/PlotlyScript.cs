using System.IO.Compression;
using System.Text;

namespace Calibrate.Reports.Html;

/// <summary>plotly.js as it was embedded at build time; the cartesian bundle, under the MIT licence, which its text keeps at the top.</summary>
public static class PlotlyScript
{
    private const string Packed = "plotly.js.br";

    /// <summary>Whether this build has it: it was built with Node at hand.</summary>
    public static bool IsAvailable { get; } = typeof(PlotlyScript).Assembly.GetManifestResourceInfo(Packed) is not null;

    /// <summary>The script; null when this build has none.</summary>
    public static string? Read()
    {
        using var packed = typeof(PlotlyScript).Assembly.GetManifestResourceStream(Packed);
        if (packed is null)
        {
            return null;
        }

        using var unpacked = new BrotliStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
