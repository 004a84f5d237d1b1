using System.Globalization;
using System.Text.Json.Nodes;

namespace Calibrate.Reports.Figures;

/// <summary>
/// Small multiples: panels of one figure in rows and columns, each with axes of its own. The layout says in <c>meta</c> how many there are, so that a
/// narrow page can put them into one column.
/// </summary>
internal sealed class PanelGrid
{
    private const int Top = 44;
    private const int Bottom = 56;
    private const int GapWithTitles = 88;
    private const double GapOfWidth = 0.09;

    private readonly int panels;
    private readonly int columns;
    private readonly int panelHeight;
    private readonly int gapPixels;

    public PanelGrid(int panels, int columns, int panelHeight, int gapPixels = GapWithTitles)
    {
        this.gapPixels = gapPixels;
        this.panels = panels;
        this.columns = Math.Max(1, Math.Min(columns, panels));
        this.panelHeight = panelHeight;
        var rows = (panels + this.columns - 1) / this.columns;
        Height = (rows * panelHeight) + ((rows - 1) * gapPixels) + Top + Bottom;
        Layout = BaseLayout(Height);
        Layout["meta"] = new JsonObject { ["panels"] = panels, ["columns"] = this.columns, ["panelHeight"] = panelHeight, ["gap"] = gapPixels };
    }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    /// <summary>The layout of the whole figure.</summary>
    public JsonObject Layout { get; }

    /// <summary>A layout without axes, in the look that all figures share.</summary>
    public static JsonObject BaseLayout(int height) => new()
    {
        ["height"] = height,
        ["autosize"] = true,
        ["paper_bgcolor"] = Palette.Paper,
        ["plot_bgcolor"] = Palette.Paper,
        ["font"] = new JsonObject { ["family"] = "system-ui, -apple-system, Segoe UI, Roboto, sans-serif", ["size"] = 12, ["color"] = Palette.Ink },
        ["margin"] = new JsonObject { ["l"] = 64, ["r"] = 16, ["t"] = Top, ["b"] = Bottom },
        ["legend"] = new JsonObject { ["orientation"] = "h", ["x"] = 0, ["y"] = 1, ["yanchor"] = "bottom", ["xanchor"] = "left" },
        ["hovermode"] = "closest",
        ["shapes"] = new JsonArray(),
    };

    /// <summary>An axis in the look that all figures share.</summary>
    /// <param name="title">Already escaped (<see cref="PlotlyText"/>).</param>
    public static JsonObject Axis(string title) => new()
    {
        ["title"] = new JsonObject { ["text"] = title, ["standoff"] = 8 },
        ["gridcolor"] = Palette.Grid,
        ["linecolor"] = Palette.Muted,
        ["zeroline"] = false,
        ["showline"] = true,
        ["ticks"] = "outside",
        ["tickcolor"] = Palette.Muted,
        ["automargin"] = true,
    };

    /// <summary>Places a panel and titles its axes; <paramref name="x"/> and <paramref name="y"/> may be changed before and after.</summary>
    public void Place(int panel, JsonObject x, JsonObject y)
    {
        var rows = (panels + columns - 1) / columns;
        var (row, column) = (panel / columns, panel % columns);
        var width = (1 - (GapOfWidth * (columns - 1))) / columns;
        double plotHeight = Height - Top - Bottom;
        var (height, gap) = (panelHeight / plotHeight, gapPixels / plotHeight);
        var top = 1 - (row * (height + gap));
        x["domain"] = new JsonArray(PlotlyNumbers.Of(column * (width + GapOfWidth)), PlotlyNumbers.Of((column * (width + GapOfWidth)) + width));
        y["domain"] = new JsonArray(PlotlyNumbers.Of(row == rows - 1 ? 0 : Math.Max(0, top - height)), PlotlyNumbers.Of(top));
        x["anchor"] = "y" + Suffix(panel);
        y["anchor"] = "x" + Suffix(panel);
        Layout["xaxis" + Suffix(panel)] = x;
        Layout["yaxis" + Suffix(panel)] = y;
    }

    /// <summary>Puts a trace onto a panel.</summary>
    public static JsonObject On(int panel, JsonObject trace)
    {
        trace["xaxis"] = "x" + Suffix(panel);
        trace["yaxis"] = "y" + Suffix(panel);
        return trace;
    }

    /// <summary>Draws a vertical or horizontal line across a panel.</summary>
    public void Line(int panel, double? x, double? y, string colour, string dash)
    {
        var (acrossX, acrossY) = (x is null, y is null);
        ((JsonArray)Layout["shapes"]!).Add(new JsonObject
        {
            ["type"] = "line",
            ["xref"] = "x" + Suffix(panel) + (acrossX ? " domain" : ""),
            ["yref"] = "y" + Suffix(panel) + (acrossY ? " domain" : ""),
            ["x0"] = acrossX ? JsonValue.Create(0) : PlotlyNumbers.Of(x!.Value),
            ["x1"] = acrossX ? JsonValue.Create(1) : PlotlyNumbers.Of(x!.Value),
            ["y0"] = acrossY ? JsonValue.Create(0) : PlotlyNumbers.Of(y!.Value),
            ["y1"] = acrossY ? JsonValue.Create(1) : PlotlyNumbers.Of(y!.Value),
            ["layer"] = "below",
            ["line"] = new JsonObject { ["color"] = colour, ["dash"] = dash, ["width"] = 1 },
        });
    }

    /// <summary>Shades a panel between two heights.</summary>
    public void HorizontalBand(int panel, double from, double to) => ((JsonArray)Layout["shapes"]!).Add(new JsonObject
    {
        ["type"] = "rect",
        ["xref"] = "x" + Suffix(panel) + " domain",
        ["yref"] = "y" + Suffix(panel),
        ["x0"] = 0,
        ["x1"] = 1,
        ["y0"] = PlotlyNumbers.Of(from),
        ["y1"] = PlotlyNumbers.Of(to),
        ["layer"] = "below",
        ["fillcolor"] = Palette.Translucent(Palette.Muted, 0.15),
        ["line"] = new JsonObject { ["width"] = 0 },
    });

    private static string Suffix(int panel) => panel == 0 ? "" : (panel + 1).ToString(CultureInfo.InvariantCulture);
}
