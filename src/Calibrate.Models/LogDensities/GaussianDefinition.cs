using System.Globalization;
using Calibrate.Problems.Data;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Models.LogDensities;

/// <summary>The density <c>gaussian</c> of problem files.</summary>
public sealed class GaussianDefinition : IModelDefinition
{
    private const string Mean = "mean";
    private const string Covariance = "covariance";
    private const string Deviations = "standard_deviations";
    private const string Correlation = "correlation";

    /// <inheritdoc/>
    public string Name => "gaussian";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Description => "A normalised Gaussian of any dimension and covariance.";

    /// <inheritdoc/>
    public IReadOnlyList<ModelOption> Options { get; } =
    [
        DensityParameters.DimensionOption("Number of parameters x1, x2, ...; the length of the lists when not given."),
        new(Mean, OptionKind.NumberList, "The mean; zero when not given."),
        new(Covariance, OptionKind.NumberMatrix, "The covariance by rows; the unit matrix when nothing else is given."),
        new(Deviations, OptionKind.NumberList, "Standard deviations, instead of a covariance; 1 when not given."),
        new(Correlation, OptionKind.Number, "The same correlation between every two parameters; 0 when not given."),
    ];

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files)
    {
        ArgumentNullException.ThrowIfNull(options);
        int dimension = DimensionOf(options);
        double[] mean = options.Has(Mean) ? [.. options.Numbers(Mean)] : new double[dimension];
        ILogDensity density = options.Has(Covariance) ? Dense(options, mean) : FromDeviations(options, mean);
        return new LogDensityBinding([.. DensityParameters.Numbered(dimension)], new SharedLogDensityFactory(density));
    }

    private static int DimensionOf(ModelOptions options)
    {
        string? from = null;
        int dimension = 0;
        Check("dimension", options.Has("dimension") ? DensityParameters.Dimension(options, 1, null) : 0);
        Check(Mean, options.Has(Mean) ? options.Numbers(Mean).Count : 0);
        Check(Covariance, options.Has(Covariance) ? options.Matrix(Covariance).Count : 0);
        Check(Deviations, options.Has(Deviations) ? options.Numbers(Deviations).Count : 0);
        return from is null
            ? throw options.Invalid("dimension", "nothing", $"a dimension, or a list as {Mean}, {Covariance} or {Deviations}")
            : dimension;

        void Check(string name, int size)
        {
            if (!options.Has(name))
            {
                return;
            }

            if (from is not null && size != dimension)
            {
                throw options.Invalid(name, $"{size} numbers", $"{dimension}, as for {from}");
            }

            if (size is < 1 or > DensityParameters.LargestDimension)
            {
                throw options.Invalid(name, $"{size} numbers", $"1 to {DensityParameters.LargestDimension}");
            }

            dimension = size;
            from ??= name;
        }
    }

    private static ILogDensity Dense(ModelOptions options, double[] mean)
    {
        foreach (string other in (string[])[Deviations, Correlation])
        {
            if (options.Has(other))
            {
                throw options.Invalid(other, $"both {Covariance} and {other}", "one of them");
            }
        }

        return FromCovariance(options, Covariance, mean, options.Matrix(Covariance));
    }

    private static ILogDensity FromDeviations(ModelOptions options, double[] mean)
    {
        double[] deviations = options.Has(Deviations) ? [.. options.Numbers(Deviations)] : [.. Enumerable.Repeat(1.0, mean.Length)];
        if (deviations.Any(s => !(s > 0)))
        {
            throw options.Invalid(
                Deviations, deviations.First(s => !(s > 0)).ToString("R", CultureInfo.InvariantCulture), "positive numbers");
        }

        double correlation = options.Number(Correlation, 0);
        if (correlation == 0)
        {
            return LogDensity.IndependentGaussian(mean, deviations);
        }

        double lowest = -1.0 / (mean.Length - 1);
        if (!(correlation > lowest && correlation < 1))
        {
            throw options.Invalid(
                Correlation,
                correlation.ToString("R", CultureInfo.InvariantCulture),
                FormattableString.Invariant($"a number between {lowest:0.####} and 1: no {mean.Length} parameters can have another one in common"));
        }

        double[][] covariance = [.. deviations.Select((s, i) =>
            deviations.Select((t, j) => (i == j ? 1 : correlation) * s * t).ToArray())];
        return FromCovariance(options, Correlation, mean, covariance);
    }

    private static ILogDensity FromCovariance(
        ModelOptions options, string name, double[] mean, IReadOnlyList<double[]> covariance)
    {
        try
        {
            return LogDensity.Gaussian(mean, covariance);
        }
        catch (ArgumentException exception)
        {
            // the message of an argument exception ends with the name of the argument
            string problem = exception.Message.Split(" (Parameter", 2)[0];
            throw options.Invalid(name, $"an unusable matrix ({problem})", "a symmetric, positive definite matrix");
        }
    }
}
