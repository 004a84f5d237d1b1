using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.LogDensities;

/// <summary>The density <c>funnel</c> of problem files.</summary>
public sealed class FunnelDefinition : IModelDefinition
{
    /// <inheritdoc/>
    public string Name => "funnel";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Description => "Neal's funnel, normalised: v normal, and x1, x2, ... normal with variance e^v.";

    /// <inheritdoc/>
    public IReadOnlyList<ModelOption> Options { get; } =
    [
        DensityParameters.DimensionOption("Number of parameters v, x1, x2, ...: at least 2; 10 when not given."),
        new("scale", OptionKind.Number, "Standard deviation of v, positive; 3 when not given."),
    ];

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files)
    {
        ArgumentNullException.ThrowIfNull(options);
        int dimension = DensityParameters.Dimension(options, 2, 10);
        double scale = options.Number("scale", 3);
        if (!(scale > 0))
        {
            throw options.Invalid("scale", FormattableString.Invariant($"{scale:R}"), "a positive number");
        }

        return new LogDensityBinding(
            [new ModelParameter("v"), .. DensityParameters.Numbered(dimension - 1)],
            new SharedLogDensityFactory(LogDensity.Funnel(dimension, scale)));
    }
}
