using Calibrate.Numerics.Statistics;
using Calibrate.Numerics.Tests.Diagnostics;

namespace Calibrate.Numerics.Tests.Statistics;

public class QuantileSketchTests
{
    public static TheoryData<string> Orders => ["random", "ascending", "descending", "drifting"];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Ranks_are_off_by_less_than_the_documented_bound(string order)
    {
        var values = new TestNoise(11).Normals(50_000);
        switch (order)
        {
            case "ascending":
                Array.Sort(values);
                break;
            case "descending":
                Array.Sort(values, (a, b) => b.CompareTo(a));
                break;
            case "drifting":
                values = [.. values.Select((x, i) => Math.Exp(x + (i / 10_000.0)))];
                break;
        }

        var sketch = new QuantileSketch();
        foreach (var value in values)
        {
            sketch.Add(value);
        }

        Array.Sort(values);
        foreach (var probability in new[] { 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999 })
        {
            var quantile = sketch.Quantile(probability);
            var below = (double)values.Count(x => x < quantile) / values.Length;
            var upTo = (double)values.Count(x => x <= quantile) / values.Length;
            var bound = Math.PI / 200 * Math.Sqrt(probability * (1 - probability));
            Assert.True(below <= probability + bound && upTo >= probability - bound, $"{order}: quantile {probability} has rank {below} to {upTo}");
        }
    }

    [Fact]
    public void Extremes_are_exact_and_few_values_are_kept()
    {
        var sketch = new QuantileSketch();
        foreach (var value in new[] { 5.0, 1.0, 9.0, double.NaN })
        {
            sketch.Add(value);
        }

        Assert.Equal(3, sketch.Count);
        Assert.Equal(1.0, sketch.Quantile(0.0));
        Assert.Equal(5.0, sketch.Quantile(0.5));
        Assert.Equal(9.0, sketch.Quantile(1.0));
    }

    [Fact]
    public void Nothing_has_no_quantiles() => Assert.Equal(double.NaN, new QuantileSketch().Quantile(0.5));

    [Fact]
    public void Refuses_what_is_no_probability() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileSketch().Quantile(1.5));
}
