using System.Text.Json.Nodes;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class CornerFigureTests
{
    private static CornerQuantity Quantity(int seed)
    {
        var draws = Draws.Normal(2, 4, 500, _ => seed);
        return new CornerQuantity(MarginalsFigure.Summarise(draws, 4000, null), draws.Draws.All.ToArray(), 4000);
    }

    [Fact]
    public void Three_quantities_have_three_densities_and_three_pairs()
    {
        var figure = CornerFigure.Create([Quantity(0), Quantity(5), Quantity(10)], 0);

        var types = figure.Data.GroupBy(trace => (string)trace!["type"]! + (string?)trace["mode"]).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(3, types["contour"]);
        Assert.Equal(3, types["scattermarkers"]);
        Assert.Equal(3, types["scatterlines"]);
        Assert.Equal(6, Enumerable.Range(1, 9).Count(i => figure.Layout.ContainsKey(i == 1 ? "xaxis" : $"xaxis{i}")));
        Assert.DoesNotContain("left out", figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_enclose_half_and_nine_tenths()
    {
        var contour = CornerFigure.Create([Quantity(0), Quantity(5)], 0).Data.Single(trace => (string)trace!["type"]! == "contour")!;

        Assert.Equal("""{"start":0.1,"end":0.5,"size":0.4,"coloring":"fill"}""", contour["contours"]!.ToJsonString());
        Assert.Equal(HighestDensityRegions.Cells, ((JsonArray)contour["z"]!).Count);
        Assert.Equal(HighestDensityRegions.Cells, ((JsonArray)contour["z"]![0]!).Count);
        Assert.All((JsonArray)contour["z"]!, row => Assert.All((JsonArray)row!, z => Assert.InRange((double)z!, 0, 1)));
    }

    [Theory]
    [InlineData(1, "1 more quantity is left out")]
    [InlineData(7, "7 more quantities are left out")]
    public void What_does_not_fit_is_told(int omitted, string sentence) =>
        Assert.Contains(sentence, CornerFigure.Create([Quantity(0), Quantity(5)], omitted).Caption, StringComparison.Ordinal);

    [Fact]
    public void Only_the_edges_have_titles()
    {
        var figure = CornerFigure.Create([Quantity(0), Quantity(5)], 0);

        Assert.Equal("", (string)figure.Layout["xaxis"]!["title"]!["text"]!);
        Assert.Equal("the &lt;label&gt;<br>(W m<sup>−2</sup>)", (string)figure.Layout["xaxis2"]!["title"]!["text"]!);
        Assert.Equal("the &lt;label&gt;<br>(W m<sup>−2</sup>)", (string)figure.Layout["yaxis2"]!["title"]!["text"]!);
    }
}
