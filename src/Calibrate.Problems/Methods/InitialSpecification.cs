namespace Calibrate.Problems.Methods;

/// <summary>Where the walkers start.</summary>
public abstract record InitialSpecification;

/// <summary>Every walker is a draw from the prior.</summary>
public sealed record InitialFromPrior : InitialSpecification;

/// <summary>Normal draws around a centre.</summary>
public sealed record InitialBall : InitialSpecification
{
    /// <summary>The centre by parameter, in natural space; a parameter left out starts at its prior's median.</summary>
    public IReadOnlyDictionary<string, double> Center { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>
    /// The standard deviation in sampled space, for every parameter without an entry in <see cref="Radii"/>.
    /// </summary>
    public double Radius { get; init; } = 1e-2;

    /// <summary>Standard deviations of single parameters, in sampled space.</summary>
    public IReadOnlyDictionary<string, double> Radii { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);
}

/// <summary>Starting points read from a CSV file with one column per free parameter, in natural space.</summary>
/// <param name="File">The path as the problem file gives it.</param>
public sealed record InitialFromFile(string File) : InitialSpecification
{
    /// <summary>The points by row, each in the order of the problem's sampled names, in natural space.</summary>
    public IReadOnlyList<double[]> Points { get; init; } = [];
}

/// <summary>A ball around the best point of a short optimisation from the prior.</summary>
public sealed record InitialBestFit : InitialSpecification
{
    /// <summary>The standard deviation around the best fit, in sampled space.</summary>
    public double Radius { get; init; } = 1e-2;
}
