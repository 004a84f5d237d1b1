using Calibrate.Numerics.Distributions;

namespace Calibrate.Problems.Parameters;

/// <summary>What a parameter is to the sampler.</summary>
public enum ParameterRole
{
    /// <summary>Sampled.</summary>
    Free,

    /// <summary>Computed from other parameters.</summary>
    Tied,

    /// <summary>A constant.</summary>
    Fixed,
}

/// <summary>The map between natural and sampled space of one parameter.</summary>
public enum ParameterTransform
{
    /// <summary>Sampled as it is.</summary>
    None,

    /// <summary>Sampled as its natural logarithm; the parameter is positive.</summary>
    Log,

    /// <summary>Sampled as ln((x - lower) / (upper - x)); the parameter has two finite bounds.</summary>
    Logit,
}

/// <summary>One parameter of a problem: free with a prior, tied to others by an expression, or fixed at a value.</summary>
/// <param name="Name">A letter or underscore, then letters, digits and underscores.</param>
public sealed record Parameter(string Name)
{
    /// <summary>The key under <c>parameters</c> where it stands: its name, or one that stands for several, such as <c>x*</c>.</summary>
    public string Key { get; init; } = Name;

    /// <summary>What it is to the sampler.</summary>
    public ParameterRole Role => Tie is not null ? ParameterRole.Tied : Value is not null ? ParameterRole.Fixed : ParameterRole.Free;

    /// <summary>
    /// The prior as it was given, before <see cref="Bounds"/> truncate it; null for a flat one. A flat prior over two
    /// finite bounds is uniform; otherwise it is improper, with log density zero.
    /// </summary>
    public IDistribution? Prior { get; init; }

    /// <summary>Where the parameter may be; either end may be infinite. Truncates the prior, which stays normalised.</summary>
    public Support Bounds { get; init; } = Support.RealLine;

    /// <summary>How it is sampled.</summary>
    public ParameterTransform Transform { get; init; }

    /// <summary>The expression of other parameters that gives its value; null for none.</summary>
    public string? Tie { get; init; }

    /// <summary>Its fixed value; null for none.</summary>
    public double? Value { get; init; }

    /// <summary>Its unit, for people.</summary>
    public string? Unit { get; init; }

    /// <summary>What to call it in tables and figures; null for its name.</summary>
    public string? Label { get; init; }

    /// <summary>A sampled parameter with a prior.</summary>
    public static Parameter Free(string name, IDistribution prior) => new(name) { Prior = prior };

    /// <summary>A sampled parameter with a flat prior.</summary>
    public static Parameter Flat(string name) => new(name);

    /// <summary>A parameter computed from others, for example <c>2 * lambda0</c>.</summary>
    public static Parameter Tied(string name, string expression) => new(name) { Tie = expression };

    /// <summary>A constant.</summary>
    public static Parameter Fixed(string name, double value) => new(name) { Value = value };
}
