namespace Calibrate.Models.UmBridge;

/// <summary>What a server says about one of its models: the lengths of its input and output vectors under one configuration.</summary>
/// <param name="Name">The model's name on the server.</param>
/// <param name="InputSizes">Length of each input vector.</param>
/// <param name="OutputSizes">Length of each output vector.</param>
internal sealed record UmBridgeContract(string Name, IReadOnlyList<int> InputSizes, IReadOnlyList<int> OutputSizes)
{
    public int InputLength => InputSizes.Sum();

    public int OutputLength => OutputSizes.Sum();

    /// <summary>The lines by which the model is known wherever it is served.</summary>
    public IReadOnlyList<string> Identity =>
        [$"umbridge 1.0 {Name}", $"inputs {string.Join(' ', InputSizes)}", $"outputs {string.Join(' ', OutputSizes)}"];

    public bool Agrees(UmBridgeContract other) =>
        Name == other.Name && InputSizes.SequenceEqual(other.InputSizes) && OutputSizes.SequenceEqual(other.OutputSizes);

    public override string ToString() => $"{Name}: [{string.Join(", ", InputSizes)}] to [{string.Join(", ", OutputSizes)}]";
}
