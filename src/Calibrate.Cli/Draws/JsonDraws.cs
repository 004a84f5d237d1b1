using System.Text.Json;

namespace Calibrate.Cli.Draws;

/// <summary>Draws as <c>{"parameter": [[chain 1 draws], [chain 2 draws], ...], ...}</c>; <c>null</c>, "NaN", "Infinity" stand for non-finite draws.</summary>
internal static class JsonDraws
{
    public static List<(string Name, List<double[]> Chains)> Read(IReadOnlyList<string> paths)
    {
        if (paths.Count > 1)
        {
            throw new UserException($"{paths[1]}: a JSON file holds all chains; give one file, not {paths.Count}.");
        }

        var path = paths[0];
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return ReadObject(document.RootElement, path);
        }
        catch (JsonException mistake)
        {
            throw new UserException($"{path}:{mistake.LineNumber + 1}:{mistake.BytePositionInLine + 1}: this is not JSON.");
        }
    }

    private static List<(string Name, List<double[]> Chains)> ReadObject(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Unexpected(path, "the document", "an object {\"parameter\": [[draws of chain 1], [draws of chain 2]]}", root);
        }

        var columns = new List<(string, List<double[]>)>();
        foreach (var parameter in root.EnumerateObject())
        {
            if (parameter.Value.ValueKind != JsonValueKind.Array)
            {
                throw Unexpected(path, parameter.Name, "a list of chains", parameter.Value);
            }

            columns.Add((parameter.Name, [.. parameter.Value.EnumerateArray().Select((chain, index) => ReadChain(chain, $"{parameter.Name}[{index}]", path))]));
        }

        return columns;
    }

    private static double[] ReadChain(JsonElement chain, string where, string path) =>
        chain.ValueKind == JsonValueKind.Array
            ? [.. chain.EnumerateArray().Select((draw, index) => ReadDraw(draw, where, index, path))]
            : throw Unexpected(path, where, "a list of draws (one list per chain)", chain);

    private static double ReadDraw(JsonElement draw, string where, int index, string path) => draw.ValueKind switch
    {
        JsonValueKind.Number => draw.GetDouble(),
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String when NonFinite.TryParse(draw.GetString(), out var value) => value,
        _ => throw Unexpected(path, $"{where}[{index}]", "a number", draw),
    };

    private static UserException Unexpected(string path, string where, string expected, JsonElement found) =>
        new($"{path}: {where}: found {Describe(found)}, expected {expected}.");

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text \"{element.GetString()}\"",
        _ => element.GetRawText(),
    };
}
