using System.Globalization;

namespace Calibrate.Reports.Tests.Html;

using Html = Calibrate.Reports.Html.Html;

public class HtmlTests
{
    [Fact]
    public void Values_are_escaped_and_pieces_are_not()
    {
        var name = "<script>alert('x')</script> & \"more\"";

        var piece = Html.Of($"<b>{name}</b>");

        Assert.Equal("<b>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;</b>", piece.Text);
        Assert.Equal("<p>" + piece.Text + "</p>", Html.Of($"<p>{piece}</p>").Text);
        Assert.Equal("", Html.Of($"{(string?)null}").Text);
    }

    [Fact]
    public void Numbers_are_those_of_no_culture()
    {
        CultureInfo.CurrentCulture = Cultures.Of("German");

        Assert.Equal("1.5 1,234", Html.Of($"{1.5} {1234:#,0}").Text);
    }

    [Fact]
    public void Pieces_join() => Assert.Equal("<i>a</i><i>b</i>", Html.Join([Html.Of($"<i>{"a"}</i>"), Html.Of($"<i>{"b"}</i>")]).Text);
}
