using Calibrate.Models.TwoLayer;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.TwoLayer;

public class TwoLayerParametersTests
{
    [Fact]
    public void Named_positions_are_where_the_names_stand()
    {
        IReadOnlyList<ModelParameter> parameters = TwoLayerParameters.For(["co2"]);
        Assert.Equal("lambda0", parameters[TwoLayerParameters.Feedback].Name);
        Assert.Equal("eta", parameters[TwoLayerParameters.HeatExchange].Name);
        Assert.Equal("epsilon", parameters[TwoLayerParameters.Efficacy].Name);
        Assert.Equal("cs", parameters[TwoLayerParameters.SurfaceCapacity].Name);
        Assert.Equal("cd", parameters[TwoLayerParameters.DeepCapacity].Name);
        Assert.Equal("a", parameters[TwoLayerParameters.FeedbackSlope].Name);
        Assert.Equal("co2_scale", parameters[TwoLayerParameters.FirstScale].Name);
        Assert.All(parameters, p => Assert.False(string.IsNullOrEmpty(p.Unit)));
    }

    [Theory]
    [InlineData("aerosol", "aerosol_scale")]
    [InlineData("aerosol-cloud_interactions", "aerosol_cloud_interactions_scale")]
    [InlineData("N2O (g)", "N2O__g__scale")]
    public void A_scale_is_called_after_its_agent(string agent, string expected) =>
        Assert.Equal(expected, TwoLayerParameters.ScaleName(agent));
}
