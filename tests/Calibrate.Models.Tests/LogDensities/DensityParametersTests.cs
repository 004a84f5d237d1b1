using Calibrate.Models.LogDensities;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.LogDensities;

public class DensityParametersTests
{
    [Fact]
    public void Parameters_are_numbered_from_one_and_must_be_given()
    {
        ModelParameter[] parameters = [.. DensityParameters.Numbered(3)];
        Assert.Equal(["x1", "x2", "x3"], parameters.Select(p => p.Name));
        Assert.All(parameters, p => Assert.Null(p.Default));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1000)]
    public void A_dimension_in_range_is_read(int dimension) =>
        Assert.Equal(dimension, DensityParameters.Dimension(With(dimension), 2, null));

    [Theory]
    [InlineData(1)]
    [InlineData(1001)]
    [InlineData(-5)]
    public void A_dimension_out_of_range_is_refused(int dimension) => Assert.Contains(
        "from 2 to 1000",
        Assert.Throws<ModelOptionException>(() => DensityParameters.Dimension(With(dimension), 2, null)).Expected,
        StringComparison.Ordinal);

    [Fact]
    public void Without_a_dimension_the_fallback_counts()
    {
        Assert.Equal(7, DensityParameters.Dimension(ModelOptions.None, 2, 7));
        Assert.Throws<ModelOptionException>(() => DensityParameters.Dimension(ModelOptions.None, 2, null));
    }

    private static ModelOptions With(int dimension) =>
        new(new Dictionary<string, object>(StringComparer.Ordinal) { ["dimension"] = dimension });
}
