using Calibrate.Dashboard.Metrics;

namespace Calibrate.Dashboard.Tests.Metrics;

public class PrometheusTextTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("a \"quoted\" name")]
    [InlineData("back\\slash\\n and \\\"")]
    [InlineData("two\nlines")]
    [InlineData("x\"} evil_metric 1\n# TYPE evil_metric gauge")]
    [InlineData("")]
    [InlineData("naïve 温度 <b>")]
    public void A_label_reads_back_whatever_it_holds(string label)
    {
        var text = new PrometheusText().Family("some_metric", "gauge", "Help with \\ and\nanother line.").Sample("some_metric", 1.5, ("kind", label), ("run", "demo")).ToString();
        var sample = Assert.Single(PrometheusReader.Read(text));
        Assert.Equal(label, sample.Labels["kind"]);
        Assert.Equal("demo", sample.Labels["run"]);
        Assert.Equal(1.5, sample.Value);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(0)]
    [InlineData(-1.25e-300)]
    [InlineData(9007199254740993)]
    public void A_number_reads_back_to_the_last_bit(double value) =>
        Assert.Equal(value, Assert.Single(PrometheusReader.Read(new PrometheusText().Family("m", "gauge", "Help.").Sample("m", value).ToString())).Value);
}
