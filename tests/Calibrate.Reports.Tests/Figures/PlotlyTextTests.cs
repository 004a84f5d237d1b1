using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class PlotlyTextTests
{
    [Theory]
    [InlineData("<b>bold</b> & more", "&lt;b&gt;bold&lt;/b&gt; &amp; more")]
    [InlineData("two\nlines", "two lines")]
    public void Names_are_shown_not_interpreted(string text, string escaped) => Assert.Equal(escaped, PlotlyText.Escape(text));

    [Theory]
    [InlineData("W m-2 K-1", "W m<sup>−2</sup> K<sup>−1</sup>")]
    [InlineData("W yr m-2", "W yr m<sup>−2</sup>")]
    [InlineData("ppm CO2", "ppm CO2")]
    [InlineData("10-20", "10-20")]
    [InlineData("<i>m-1", "&lt;i&gt;m<sup>−1</sup>")]
    public void Negative_exponents_of_units_are_raised(string unit, string text) => Assert.Equal(text, PlotlyText.Unit(unit));

    [Theory]
    [InlineData("equilibrium climate sensitivity (K)", "equilibrium climate<br>sensitivity<br>(K)")]
    [InlineData("x", "x")]
    [InlineData("a &lt;&lt;&lt;&lt;&lt;&lt;&gt; b", "a &lt;&lt;&lt;&lt;&lt;&lt;&gt; b")]
    [InlineData("averyveryverylongsinglename", "averyveryverylongsinglename")]
    public void Long_titles_wrap_at_words(string title, string wrapped) => Assert.Equal(wrapped, PlotlyText.Wrapped(title));

    [Theory]
    [InlineData("x", null, "x")]
    [InlineData("x", " ", "x")]
    [InlineData("x", "K", "x (K)")]
    public void A_label_has_its_unit_in_brackets(string label, string? unit, string text) => Assert.Equal(text, PlotlyText.Labelled(label, unit));
}
