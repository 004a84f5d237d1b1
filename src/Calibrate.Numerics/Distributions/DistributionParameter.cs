namespace Calibrate.Numerics.Distributions;

/// <summary>One parameter of a distribution in the catalog.</summary>
/// <param name="Name">Its name in messages and in generated files.</param>
/// <param name="AlternateNames">Other names under which a problem file may give it.</param>
/// <param name="Meaning">What it is and which values it may take, in one phrase.</param>
public sealed record DistributionParameter(string Name, IReadOnlyList<string> AlternateNames, string Meaning)
{
    /// <summary>Whether <paramref name="name"/> is this parameter's name or one of its alternates.</summary>
    public bool IsNamed(string name) => Name == name || AlternateNames.Contains(name, StringComparer.Ordinal);
}
