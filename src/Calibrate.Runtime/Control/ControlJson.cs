using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calibrate.Runtime.Control;

/// <summary>
/// The JSON form of what a run's endpoint says, in snake case: the same on a socket, over a broker, on the command line and in the dashboard's API. Unknown keys
/// are skipped, so that a later version may say more.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunStatusSnapshot))]
[JsonSerializable(typeof(ControlReply))]
public sealed partial class ControlJson : JsonSerializerContext
{
    /// <summary>A snapshot as one line of JSON.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public static string Write(RunStatusSnapshot snapshot) => JsonSerializer.Serialize(snapshot, Default.RunStatusSnapshot);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="JsonException">It is no snapshot.</exception>
    public static RunStatusSnapshot Read(string json) =>
        JsonSerializer.Deserialize(json, Default.RunStatusSnapshot) ?? throw new JsonException("null is no snapshot.");
}
