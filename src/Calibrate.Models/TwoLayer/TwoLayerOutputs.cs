using Calibrate.Problems.Models;

namespace Calibrate.Models.TwoLayer;

/// <summary>The outputs of the two-layer model: all of them, or the ones a problem asked for.</summary>
internal sealed class TwoLayerOutputs
{
    public const string SurfaceTemperature = "surface_temperature";
    public const string DeepTemperature = "deep_temperature";
    public const string HeatContent = "heat_content";
    public const string Imbalance = "imbalance";

    /// <summary>Every output, in the order they are stored when all are asked for.</summary>
    public static readonly IReadOnlyList<string> AllNames = [SurfaceTemperature, DeepTemperature, HeatContent, Imbalance];

    /// <summary>Selects outputs.</summary>
    /// <param name="names">Members of <see cref="AllNames"/>, each once.</param>
    /// <param name="years">Their axis.</param>
    public TwoLayerOutputs(IReadOnlyList<string> names, IReadOnlyList<double> years)
    {
        Signatures = [.. names.Select(name => new OutputSignature(name, years, UnitOf(name), DescriptionOf(name)))];
        SurfaceRow = RowOf(SurfaceTemperature);
        DeepRow = RowOf(DeepTemperature);
        HeatRow = RowOf(HeatContent);
        ImbalanceRow = RowOf(Imbalance);

        int RowOf(string name) => names.Contains(name, StringComparer.Ordinal)
            ? names.TakeWhile(n => n != name).Count() * years.Count
            : -1;
    }

    /// <summary>The selected outputs for the model's signature.</summary>
    public IReadOnlyList<OutputSignature> Signatures { get; }

    /// <summary>Where the surface temperature of the first year stands among all values; -1 when nobody asked for it.</summary>
    public int SurfaceRow { get; }

    /// <summary>Where the deep temperature of the first year stands; -1 when nobody asked for it.</summary>
    public int DeepRow { get; }

    /// <summary>Where the heat content of the first year stands; -1 when nobody asked for it.</summary>
    public int HeatRow { get; }

    /// <summary>Where the imbalance of the first year stands; -1 when nobody asked for it.</summary>
    public int ImbalanceRow { get; }

    private static string UnitOf(string name) => name switch
    {
        HeatContent => "W yr m-2",
        Imbalance => "W m-2",
        _ => "K",
    };

    private static string DescriptionOf(string name) => name switch
    {
        SurfaceTemperature => "temperature of the surface layer at the end of the year, relative to the state of rest",
        DeepTemperature => "temperature of the deep layer at the end of the year, relative to the state of rest",
        HeatContent => "heat in both layers at the end of the year, cs * T_s + cd * T_d",
        _ => "net downward flux at the top of the atmosphere at the end of the year: what the heat content grows by",
    };
}
