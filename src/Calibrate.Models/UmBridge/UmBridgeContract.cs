using System.Text.Json;

namespace Calibrate.Models.UmBridge;

/// <summary>What a server says about one of its models: the lengths of its input and output vectors under one configuration.</summary>
/// <param name="Name">The model's name on the server.</param>
/// <param name="InputSizes">Length of each input vector.</param>
/// <param name="OutputSizes">Length of each output vector.</param>
internal sealed record UmBridgeContract(string Name, IReadOnlyList<int> InputSizes, IReadOnlyList<int> OutputSizes)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public int InputLength => InputSizes.Sum();

    public int OutputLength => OutputSizes.Sum();

    /// <summary>The lines by which the model is known wherever it is served.</summary>
    public IReadOnlyList<string> Identity =>
        [$"umbridge 1.0 {Name}", $"inputs {string.Join(' ', InputSizes)}", $"outputs {string.Join(' ', OutputSizes)}"];

    /// <summary>The contract as JSON, to be remembered.</summary>
    public string Text => JsonSerializer.Serialize(new { name = Name, inputs = InputSizes, outputs = OutputSizes });

    /// <summary>The contract that a text tells; null when it is none.</summary>
    public static UmBridgeContract? Parse(string? text)
    {
        try
        {
            Remembered? read = text is null ? null : JsonSerializer.Deserialize<Remembered>(text, Web);
            return read is { Name: { } name, Inputs: { } inputs, Outputs: { } outputs } ? new UmBridgeContract(name, inputs, outputs) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool Agrees(UmBridgeContract other) =>
        Name == other.Name && InputSizes.SequenceEqual(other.InputSizes) && OutputSizes.SequenceEqual(other.OutputSizes);

    public override string ToString() => $"{Name}: [{string.Join(", ", InputSizes)}] to [{string.Join(", ", OutputSizes)}]";

    private sealed record Remembered(string? Name, int[]? Inputs, int[]? Outputs);
}
