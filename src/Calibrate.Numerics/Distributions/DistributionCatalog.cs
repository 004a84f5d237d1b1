using System.Diagnostics.CodeAnalysis;

namespace Calibrate.Numerics.Distributions;

/// <summary>Every univariate distribution by the name that problem files give it.</summary>
public static class DistributionCatalog
{
    private static readonly DistributionParameter Location =
        Parameter("location", "where the distribution is centred, any finite number", "loc", "mu", "median");

    private static readonly DistributionParameter Scale =
        Parameter("scale", "width, a positive number", "sigma");

    private static readonly DistributionParameter Shape =
        Parameter("shape", "shape, a positive number", "alpha", "k");

    private static readonly DistributionParameter Rate =
        Parameter("rate", "inverse of the scale, a positive number", "lambda", "beta");

    private static readonly DistributionParameter Lower =
        Parameter("lower", "lower end, a finite number below upper", "low", "min", "minimum");

    private static readonly DistributionParameter Upper =
        Parameter("upper", "upper end, a finite number above lower", "high", "max", "maximum");

    /// <summary>All definitions, in the order of the documentation.</summary>
    public static IReadOnlyList<DistributionDefinition> Definitions { get; } =
    [
        Define("normal", ["gaussian"], a => new Normal(a[0], a[1]),
            Parameter("mean", "mean, any finite number", "mu", "location", "loc"),
            Parameter("sd", "standard deviation, a positive number", "sigma", "scale", "std", "standard_deviation")),
        Define("uniform", [], a => new Uniform(a[0], a[1]), Lower, Upper),
        Define("log_normal", ["lognormal"], a => new LogNormal(a[0], a[1]),
            Parameter("mu", "mean of the logarithm, any finite number", "meanlog"),
            Parameter("sigma", "standard deviation of the logarithm, a positive number", "sdlog")),
        Define("half_normal", ["halfnormal"], a => new HalfNormal(a[0]),
            Parameter("sigma", "standard deviation before folding, a positive number", "scale", "sd")),
        Define("half_cauchy", ["halfcauchy"], a => new HalfCauchy(a[0]), Scale),
        Define("cauchy", [], a => new Cauchy(a[0], a[1]), Location, Scale),
        Define("student_t", ["studentt", "t"], a => new StudentT(a[0], a[1], a[2]),
            Parameter("nu", "degrees of freedom, a positive number", "df", "degrees_of_freedom"),
            Parameter("mu", "median, any finite number", "location", "loc", "mean"),
            Parameter("sigma", "scale, a positive number", "scale")),
        Define("exponential", [], a => new Exponential(a[0]), Rate),
        Define("gamma", [], a => new Gamma(a[0], a[1]), Shape, Rate),
        Define("inverse_gamma", ["inversegamma", "inv_gamma"], a => new InverseGamma(a[0], a[1]),
            Shape,
            Parameter("scale", "scale, a positive number", "beta")),
        Define("beta", [], a => new Beta(a[0], a[1]),
            Parameter("alpha", "first shape, a positive number", "a"),
            Parameter("beta", "second shape, a positive number", "b")),
        Define("log_uniform", ["loguniform", "reciprocal"], a => new LogUniform(a[0], a[1]),
            Parameter("lower", "lower end, a positive number below upper", [.. Lower.AlternateNames]),
            Upper),
        Define("laplace", ["double_exponential"], a => new Laplace(a[0], a[1]), Location, Scale),
        Define("triangular", [], a => new Triangular(a[0], a[1], a[2]),
            Lower,
            Parameter("mode", "where the density peaks, between lower and upper", "peak"),
            Upper),
        Define("weibull", [], a => new Weibull(a[0], a[1]), Shape, Parameter("scale", "scale, a positive number", "lambda")),
        Define("logistic", [], a => new Logistic(a[0], a[1]), Location, Scale),
        Define("skew_normal", ["skewnormal"], a => new SkewNormal(a[0], a[1], a[2]),
            Parameter("location", "location, any finite number", "loc", "mu", "xi"),
            Parameter("scale", "scale, a positive number", "sigma", "omega"),
            Parameter("shape", "slant, any finite number", "alpha")),
        Define("flat", [], _ => new Flat()),
    ];

    private static readonly Dictionary<string, DistributionDefinition> ByName = Index();

    /// <summary>The names, without aliases, for suggestions.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Definitions.Select(definition => definition.Name)];

    /// <summary>Finds a definition by its name or an alias.</summary>
    public static bool TryGet(string name, [MaybeNullWhen(false)] out DistributionDefinition definition) =>
        ByName.TryGetValue(name, out definition);

    /// <summary>Creates a distribution by its name or an alias from its parameters in order.</summary>
    /// <exception cref="ArgumentException">There is no such distribution, or the number of arguments is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range; the message names it.</exception>
    public static IDistribution Create(string name, params ReadOnlySpan<double> arguments) =>
        TryGet(name, out DistributionDefinition? definition)
            ? definition.Create(arguments)
            : throw new ArgumentException(
                $"there is no distribution named '{name}'; expected one of {string.Join(", ", Names)}", paramName: null);

    private static DistributionParameter Parameter(string name, string meaning, params string[] alternateNames) =>
        new(name, alternateNames, meaning);

    private static DistributionDefinition Define(
        string name, string[] aliases, Func<double[], IDistribution> factory, params DistributionParameter[] parameters) =>
        new(name, aliases, parameters, factory);

    private static Dictionary<string, DistributionDefinition> Index()
    {
        var index = new Dictionary<string, DistributionDefinition>(StringComparer.Ordinal);
        foreach (DistributionDefinition definition in Definitions)
        {
            index.Add(definition.Name, definition);
            foreach (string alias in definition.Aliases)
            {
                index.Add(alias, definition);
            }
        }

        return index;
    }
}
