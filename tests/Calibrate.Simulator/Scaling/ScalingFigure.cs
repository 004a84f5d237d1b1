using System.Globalization;
using System.Text;

namespace Calibrate.Simulator.Scaling;

/// <summary>The figure of <c>docs/scaling.md</c>: efficiency and throughput against the number of slots, as plain SVG.</summary>
public static class ScalingFigure
{
    private const double Width = 880, Height = 400, Top = 56, Bottom = 332, PanelWidth = 330;
    private const double MostRate = 1e6, LeastRate = 100;

    private static readonly (string Name, string Colour, string Dash, Func<ScalingPoint, ScalingResult> Of)[] Schedules =
    [
        ("list scheduler (no messages, no journal)", "#8a8f98", "5 4", point => point.Ideal),
        ("dataflow", "#0b6fa4", "", point => point.Dataflow),
        ("barrier", "#c8553d", "", point => point.Barrier),
    ];

    /// <summary>Draws the figure.</summary>
    /// <param name="points">Both medians, each from few slots to many.</param>
    public static string Draw(IReadOnlyList<ScalingPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var svg = new StringBuilder();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="system-ui, sans-serif" font-size="12" fill="#30343b">""");
        Line(svg, $"""<rect width="{Width}" height="{Height}" fill="#ffffff"/>""");
        Panel(svg, 64, "Efficiency: evaluations of 50 ms", [.. points.Where(point => point.Median > 0.02)], result => result.Efficiency, Share,
            [0, 0.2, 0.4, 0.6, 0.8, 1], value => value.ToString("0.0", CultureInfo.InvariantCulture));
        Panel(svg, 520, "Evaluations per second: evaluations of 5 ms", [.. points.Where(point => point.Median < 0.02)], result => result.Throughput, Rate,
            [100, 1000, 10_000, 100_000, 1_000_000], value => value.ToString("#,0", CultureInfo.InvariantCulture));
        Ceiling(svg, 520);
        var x = 64.0;
        foreach (var (name, colour, dash, _) in Schedules)
        {
            Line(svg, $"""<path d="M{x} 384h28" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dash}"/><text x="{x + 36}" y="388">{name}</text>""");
            x += name.Length > 20 ? 310 : 130;
        }

        svg.Append("</svg>\n");
        return svg.ToString();
    }

    private static void Panel(
        StringBuilder svg, double left, string title, IReadOnlyList<ScalingPoint> points, Func<ScalingResult, double> value, Func<double, double> place,
        double[] ticks, Func<double, string> label)
    {
        Line(svg, $"""<text x="{left}" y="32" font-size="14" font-weight="600">{title}</text>""");
        foreach (var tick in ticks)
        {
            var y = Y(place(tick));
            Line(svg, $"""<path d="M{left} {y:0.0}h{PanelWidth}" stroke="#e3e5e8"/><text x="{left - 8}" y="{y + 4:0.0}" text-anchor="end">{label(tick)}</text>""");
        }

        foreach (var slots in (double[])[10, 100, 1000, 10_000])
        {
            var x = X(left, slots);
            Line(svg, $"""<path d="M{x:0.0} {Bottom}v5" stroke="#8a8f98"/><text x="{x:0.0}" y="{Bottom + 20}" text-anchor="middle">{slots:#,0}</text>""");
        }

        Line(svg, $"""<path d="M{left} {Bottom}h{PanelWidth}" stroke="#8a8f98"/><text x="{left + (PanelWidth / 2)}" y="{Bottom + 38}" text-anchor="middle">slots</text>""");
        foreach (var (_, colour, dash, of) in Schedules)
        {
            var places = points.Select(point => (X: X(left, point.Slots), Y: Y(place(value(of(point)))))).ToList();
            var line = string.Join(" L", places.Select(at => string.Create(CultureInfo.InvariantCulture, $"{at.X:0.0} {at.Y:0.0}")));
            Line(svg, $"""<path d="M{line}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dash}"/>""");
            foreach (var (x, y) in places)
            {
                Line(svg, $"""<circle cx="{x:0.0}" cy="{y:0.0}" r="3.5" fill="{colour}"/>""");
            }
        }
    }

    private static void Ceiling(StringBuilder svg, double left)
    {
        var y = Y(Rate(1 / ScalingStudy.SecondsPerAnswer));
        Line(svg, $"""<path d="M{left} {y:0.0}h{PanelWidth}" stroke="#30343b" stroke-dasharray="2 3"/><text x="{left + 6}" y="{y - 6:0.0}">one coordinator: 300,000/s</text>""");
    }

    private static double Share(double value) => value;

    private static double Rate(double value) => Math.Log(value / LeastRate) / Math.Log(MostRate / LeastRate);

    private static double X(double left, double slots) => left + 20 + ((PanelWidth - 40) * Math.Log10(slots / 10) / 3);

    private static double Y(double share) => Bottom - ((Bottom - Top) * share);

    private static void Line(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
