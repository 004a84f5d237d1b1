namespace Calibrate.Inference.States;

/// <summary>What a saved state names, so that no other algorithm takes it for its own.</summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Version">Version of the method.</param>
internal readonly record struct MethodIdentity(string Name, int Version);
