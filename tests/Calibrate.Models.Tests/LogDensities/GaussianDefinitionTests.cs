using Calibrate.Models.LogDensities;

namespace Calibrate.Models.Tests.LogDensities;

public class GaussianDefinitionTests() : DensityDefinitionTests(new GaussianDefinition())
{
    [Fact]
    public void A_dimension_alone_is_a_standard_normal()
    {
        Assert.Equal(["x1", "x2", "x3"], NamesOf(("dimension", 3)));
        Assert.Equal(-0.5 * (14 + (3 * Math.Log(2 * Math.PI))), DensityProbe.At(Create(("dimension", 3)), 1, 2, 3), 1e-13);
    }

    [Fact]
    public void Lists_give_the_dimension()
    {
        Assert.Equal(2, Create(("mean", new[] { 1.0, 2 })).Dimension);
        Assert.Equal(2, Create(("standard_deviations", new[] { 1.0, 2 })).Dimension);
        Assert.Equal(1, Create(("covariance", new[] { new[] { 2.0 } })).Dimension);
    }

    [Fact]
    public void A_correlation_is_that_of_every_pair() => Assert.Equal(
        DensityProbe.At(
            Create(("covariance", new[] { new[] { 4, 1.8, 3.6 }, new[] { 1.8, 1, 1.8 }, new[] { 3.6, 1.8, 4 } })), 1, 2, 3),
        DensityProbe.At(Create(("standard_deviations", new[] { 2.0, 1, 2 }), ("correlation", 0.9)), 1, 2, 3),
        1e-10);

    [Fact]
    public void Refuses_what_does_not_fit_together()
    {
        Refuses("dimension");
        Refuses("dimension", ("dimension", 0));
        Refuses("dimension", ("dimension", 1001));
        Refuses("mean", ("dimension", 2), ("mean", new[] { 1.0 }));
        Refuses("mean", ("mean", Array.Empty<double>()));
        Refuses("standard_deviations", ("dimension", 1), ("standard_deviations", new[] { 0.0 }));
        Refuses("correlation", ("dimension", 2), ("correlation", 1.0));
        Refuses("correlation", ("dimension", 3), ("correlation", -0.5));
        Refuses("correlation", ("covariance", new[] { new[] { 2.0 } }), ("correlation", 0.5));
        Refuses("covariance", ("covariance", new[] { new[] { 1.0, 2 }, new[] { 2.0, 1 } }));
    }
}
