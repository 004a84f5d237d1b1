using Calibrate.Simulator.Scaling;

namespace Calibrate.Simulator.Tests.Scaling;

public class ScalingReportTests
{
    [Fact]
    public void A_table_replaces_what_stands_between_its_markers()
    {
        const string text = "before\n<!-- slots -->\nold\n<!-- /slots -->\nafter\n";
        Assert.Equal("before\n<!-- slots -->\n| new |\n<!-- /slots -->\nafter\n", ScalingReport.Replace(text, "slots", "| new |\n"));
        Assert.Throws<InvalidDataException>(() => ScalingReport.Replace(text, "walkers", ""));
    }

    [Fact]
    public void The_figure_is_well_formed_and_has_a_line_per_schedule_in_both_panels()
    {
        var result = new ScalingResult(1000, 0, 50, 10, 10, "");
        ScalingPoint[] points = [.. from median in (double[])[0.005, 0.05] from slots in (int[])[10, 10_000] select new ScalingPoint(median, slots, result, result, result)];
        var figure = System.Xml.Linq.XDocument.Parse(ScalingFigure.Draw(points));
        Assert.Equal(12, figure.Descendants().Count(element => element.Name.LocalName == "circle"));
    }
}
