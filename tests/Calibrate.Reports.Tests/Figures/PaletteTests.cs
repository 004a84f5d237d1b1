using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class PaletteTests
{
    [Fact]
    public void Colours_come_again_with_another_dash()
    {
        Assert.Equal(6, Enumerable.Range(0, 6).Select(Palette.Of).Distinct().Count());
        Assert.Equal(24, Enumerable.Range(0, 24).Select(i => (Palette.Of(i), Palette.Dash(i))).Distinct().Count());
    }

    [Fact]
    public void A_colour_can_be_translucent() => Assert.Equal("rgba(0,114,178,0.25)", Palette.Translucent(Palette.Blue, 0.25));

    /// <summary>WCAG asks for a contrast of 3 between graphics and what they are drawn on, and of 4.5 for text.</summary>
    [Fact]
    public void Lines_and_text_stand_out_on_light_and_dark_paper()
    {
        var dark = Palette.DarkReplacements.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var colour in (string[])[Palette.Blue, Palette.Vermillion, Palette.Green, Palette.Muted])
        {
            Assert.True(Contrast(colour, Palette.Paper) >= 3, colour);
            Assert.True(Contrast(dark[colour], dark[Palette.Paper]) >= 3, colour + " in the dark");
        }

        Assert.True(Contrast(Palette.Ink, Palette.Paper) >= 4.5);
        Assert.True(Contrast(dark[Palette.Ink], dark[Palette.Paper]) >= 4.5);
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var linear = Convert.FromHexString(colour[1..]).Select(c => c / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }
}
