using System.Text.Json;
using Calibrate.Models.TwoLayer;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests;

/// <summary>The reference values of the climate problem and the forcing they were computed with.</summary>
internal static class ReferenceData
{
    public const string ForcingFile = "ar6_erf_1750-2019.csv";

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Reference", file);

    public static JsonElement Climate { get; } =
        JsonDocument.Parse(File.ReadAllText(PathOf("climate-two-layer.json"))).RootElement;

    public static string ForcingText { get; } = File.ReadAllText(PathOf(ForcingFile));

    /// <summary>AR6's forcing with every agent of the file.</summary>
    public static TwoLayerModelFactory Factory { get; } = (TwoLayerModelFactory)((ForwardModelBinding)new TwoLayerDefinition().Create(
        new ModelOptions(new Dictionary<string, object>(StringComparer.Ordinal) { ["forcing"] = ForcingFile }),
        new TextFiles { [ForcingFile] = ForcingText })).Factory;

    public static ForcingSeries Forcing { get; } = ReadForcing();

    private static ForcingSeries ReadForcing()
    {
        DataTable table = DataTable.Parse(ForcingFile, ForcingText);
        return new ForcingSeries(
            table.Numbers("year"),
            table.Numbers("total"),
            [.. table.Columns.Where(c => c is not ("year" or "total")).Select(c => KeyValuePair.Create(c, table.Numbers(c)))]);
    }
}
