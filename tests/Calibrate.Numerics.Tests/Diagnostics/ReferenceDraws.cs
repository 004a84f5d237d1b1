using System.Text.Json;
using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

/// <summary>Cases computed by R package posterior 1.4.0: draws, and what it says about them.</summary>
internal sealed record ReferenceDraws(DrawMatrix Draws, IReadOnlyDictionary<string, double> Expected)
{
    private static readonly Lazy<Dictionary<string, ReferenceDraws>> All = new(Load);

    public static IEnumerable<string> Names => All.Value.Keys;

    public static ReferenceDraws Named(string name) => All.Value[name];

    /// <summary>Flattens draws[chain][iteration].</summary>
    public static DrawMatrix Flatten(JsonElement chains)
    {
        var values = chains.EnumerateArray().SelectMany(chain => chain.EnumerateArray().Select(x => x.GetDouble())).ToArray();
        return new DrawMatrix(values, chains.GetArrayLength(), chains[0].GetArrayLength());
    }

    public static JsonDocument Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", file)));

    private static Dictionary<string, ReferenceDraws> Load()
    {
        using var document = Read("mcmc-diagnostics.json");
        return document.RootElement.GetProperty("cases").EnumerateObject().ToDictionary(
            item => item.Name,
            item => new ReferenceDraws(
                Flatten(item.Value.GetProperty("draws")),
                item.Value.GetProperty("expected").EnumerateObject().ToDictionary(
                    field => field.Name, field => field.Value.GetDouble(), StringComparer.Ordinal)),
            StringComparer.Ordinal);
    }
}
