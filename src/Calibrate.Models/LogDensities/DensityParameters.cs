using Calibrate.Problems.Models;

namespace Calibrate.Models.LogDensities;

/// <summary>The names of the parameters of a density: x1, x2, ...</summary>
internal static class DensityParameters
{
    /// <summary>More is a typing mistake: a dense matrix of this size already has a million numbers.</summary>
    public const int LargestDimension = 1000;

    /// <summary>x1 to xn.</summary>
    public static IEnumerable<ModelParameter> Numbered(int count) =>
        Enumerable.Range(1, count).Select(j => new ModelParameter(FormattableString.Invariant($"x{j}")));

    /// <summary>The option of the dimension, for every definition that has one.</summary>
    public static ModelOption DimensionOption(string description) => new("dimension", OptionKind.Integer, description);

    /// <summary>Reads the dimension and checks its range.</summary>
    public static int Dimension(ModelOptions options, int smallest, int? fallback)
    {
        int dimension = options.Integer("dimension", fallback);
        return dimension >= smallest && dimension <= LargestDimension
            ? dimension
            : throw options.Invalid("dimension", $"{dimension}", $"a whole number from {smallest} to {LargestDimension}");
    }
}
