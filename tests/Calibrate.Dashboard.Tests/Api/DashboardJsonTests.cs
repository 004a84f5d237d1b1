using System.Text.Json;
using Calibrate.Dashboard.Api;
using Calibrate.Dashboard.Projections;

namespace Calibrate.Dashboard.Tests.Api;

public class DashboardJsonTests
{
    [Fact]
    public void What_is_no_number_is_null_and_numbers_have_the_digits_that_a_screen_shows()
    {
        var line = new HistoryView([1], [[double.NaN, double.PositiveInfinity, 0, -1.5, 1.0 / 3, 1e300, 1e-300, 123456789]], []);
        var view = new DrawView(1, 0, double.NaN, [], [], line, []);
        Assert.Equal(
            """{"iteration":1,"warm_up":0,"coverage":null,"places":[],"quantities":[],"history":{"iterations":[1],"rhat":[[null,null,0,-1.5,0.3333333,1E+300,1E-300,1.234568E+08]],"ess":[]},"acceptance":[]}""",
            JsonSerializer.Serialize(view, DashboardJson.Default.DrawView));
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\" onmouseover=\"alert(1)")]
    [InlineData("a & b \u2028 c")]
    public void Markup_in_strangers_words_is_escaped_and_reads_back(string words)
    {
        var run = new RunView { Run = "demo", Status = "failed", Reason = words, Problem = words, Failures = new Dictionary<string, long> { [words] = 1 }, FailureExamples = [new FailureView(words, words, 0, 0, 0, [])] };
        var json = JsonSerializer.Serialize(run, DashboardJson.Default.RunView);
        Assert.DoesNotContain('<', json);
        Assert.DoesNotContain('>', json);
        Assert.DoesNotContain('&', json);
        using var read = JsonDocument.Parse(json);
        Assert.Equal(words, read.RootElement.GetProperty("reason").GetString());
        Assert.Equal(words, read.RootElement.GetProperty("failures").EnumerateObject().Single().Name);
    }
}
