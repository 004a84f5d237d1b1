using Calibrate.Problems.Models;

namespace Calibrate.Models.TwoLayer;

/// <summary>The outputs of the two-layer model, and which of their values somebody reads.</summary>
internal sealed class TwoLayerOutputs
{
    public const int SurfaceTemperature = 0;
    public const int DeepTemperature = 1;
    public const int HeatContent = 2;
    public const int Imbalance = 3;

    private readonly bool[] wanted;
    private readonly int years;

    private TwoLayerOutputs(int years, Func<int, bool> isWanted)
    {
        this.years = years;
        wanted = [.. Enumerable.Range(0, 4 * years).Select(isWanted)];
        YearsToRun = 1 + Enumerable.Range(0, years).LastOrDefault(
            year => Enumerable.Range(0, 4).Any(output => wanted[RowOf(output, year)]), -1);
    }

    /// <summary>Number of years up to the last one that somebody reads.</summary>
    public int YearsToRun { get; }

    /// <summary>Every value of every year.</summary>
    public static TwoLayerOutputs All(int years) => new(years, _ => true);

    /// <summary>Some values, by their index among all values.</summary>
    public static TwoLayerOutputs Some(int years, IReadOnlySet<int> rows) => new(years, rows.Contains);

    /// <summary>The outputs for the model's signature, in the order they are stored.</summary>
    public static IReadOnlyList<OutputSignature> Signatures(IReadOnlyList<double> years) =>
    [
        new("surface_temperature", years, "K", "temperature of the surface layer at the end of the year, relative to the state of rest"),
        new("deep_temperature", years, "K", "temperature of the deep layer at the end of the year, relative to the state of rest"),
        new("heat_content", years, "W yr m-2", "heat in both layers at the end of the year, cs * T_s + cd * T_d"),
        new("imbalance", years, "W m-2", "net downward flux at the top of the atmosphere at the end of the year"),
    ];

    /// <summary>Whether somebody reads an output of a year; its index among all values when so.</summary>
    public bool Wants(int output, int year, out int row)
    {
        row = RowOf(output, year);
        return wanted[row];
    }

    private int RowOf(int output, int year) => (output * years) + year;
}
