using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.LogDensities;

/// <summary>The density <c>bimodal</c> of problem files.</summary>
public sealed class BimodalDefinition : IModelDefinition
{
    /// <inheritdoc/>
    public string Name => "bimodal";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Description => "A normalised mixture of two unit Gaussians whose means differ in x1.";

    /// <inheritdoc/>
    public IReadOnlyList<ModelOption> Options { get; } =
    [
        DensityParameters.DimensionOption("Number of parameters x1, x2, ...; 2 when not given."),
        new("separation", OptionKind.Number, "Distance between the modes, at -separation/2 and separation/2; 6 when not given."),
        new("weight", OptionKind.Number, "Share of the lower mode, strictly between 0 and 1; 0.5 when not given."),
    ];

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files)
    {
        ArgumentNullException.ThrowIfNull(options);
        int dimension = DensityParameters.Dimension(options, 1, 2);
        double separation = options.Number("separation", 6);
        double weight = options.Number("weight", 0.5);
        if (!(separation >= 0))
        {
            throw options.Invalid("separation", FormattableString.Invariant($"{separation:R}"), "zero or a positive number");
        }

        if (!(weight > 0 && weight < 1))
        {
            throw options.Invalid("weight", FormattableString.Invariant($"{weight:R}"), "a number strictly between 0 and 1");
        }

        return new LogDensityBinding(
            [.. DensityParameters.Numbered(dimension)],
            new SharedLogDensityFactory(LogDensity.Bimodal(dimension, separation, weight)));
    }
}
