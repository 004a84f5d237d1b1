using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.LogDensities;

/// <summary>The density <c>rosenbrock</c> of problem files.</summary>
public sealed class RosenbrockDefinition : IModelDefinition
{
    /// <inheritdoc/>
    public string Name => "rosenbrock";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Description => "Goodman and Weare's curved ridge, -(100 (x2 - x1^2)^2 + (1 - x1)^2) / 20 summed over pairs.";

    /// <inheritdoc/>
    public IReadOnlyList<ModelOption> Options { get; } =
        [DensityParameters.DimensionOption("Number of parameters x1, x2, ...: even; 2 when not given.")];

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files)
    {
        ArgumentNullException.ThrowIfNull(options);
        int dimension = DensityParameters.Dimension(options, 2, 2);
        return dimension % 2 == 0
            ? new LogDensityBinding(
                [.. DensityParameters.Numbered(dimension)], new SharedLogDensityFactory(LogDensity.Rosenbrock(dimension)))
            : throw options.Invalid("dimension", $"{dimension}", "an even number: the parameters come in pairs");
    }
}
