using System.Text.Json;
using System.Text.Json.Nodes;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class FigureTests
{
    [Fact]
    public void A_figure_is_what_plotly_opens()
    {
        var figure = new Figure("f", "title", "caption", [new JsonObject { ["type"] = "scatter", ["y"] = new JsonArray(1, 2.5, null) }], new JsonObject { ["height"] = 300 });

        Assert.Equal("""{"data":[{"type":"scatter","y":[1,2.5,null]}],"layout":{"height":300}}""", figure.ToJson());
    }

    [Fact]
    public void Text_of_any_script_reads_back()
    {
        var figure = new Figure("f", "", "", [], new JsonObject { ["title"] = "τ ≤ 5 <b>\"x\"</b> \u2028" });

        using var parsed = JsonDocument.Parse(figure.ToJson());
        Assert.Equal("τ ≤ 5 <b>\"x\"</b> \u2028", parsed.RootElement.GetProperty("layout").GetProperty("title").GetString());
        Assert.Equal("predictive-temperature", FigureNames.Predictive("temperature"));
    }
}
