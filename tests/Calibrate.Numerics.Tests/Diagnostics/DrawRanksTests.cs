using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

/// <summary>Ranks by strips equal ranks by plainly sorting everything, whatever the draws and however narrow the strips.</summary>
public class DrawRanksTests
{
    private const int Draws = 3 * (1 << 14);

    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in new[]
            {
                "normal", "rounded", "two values", "constant", "mostly one value", "long stays", "a few ulps", "all exponents",
                "infinities", "misleading sample", "misleading neighbours", "ascending",
            })
            {
                data.Add(name, RankStrips.DefaultDraws);
                data.Add(name, 3000);
                data.Add(name, 300);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ranks_equal_those_of_a_sort(string name, int stripDraws)
    {
        var values = Generate(name);
        var draws = new DrawMatrix(values, 1, values.Length);
        var expected = NaiveDiagnostics.Ranks(values).Select(rank => (uint)(2 * rank)).ToArray();
        var statistics = new OrderStatistics(values.Length, [0.0, 0.123, 1.0]);
        var scratch = new DiagnosticScratch();
        DrawRanks<DrawKey>.Compute(draws, ChainLayout.Whole(draws), default, statistics, scratch, stripDraws);
        Assert.Equal(expected, scratch.Ranks(values.Length)[..values.Length]);

        Array.Sort(values);
        Assert.Equal(statistics.Places.Select(place => values[place] + 0.0), statistics.Values);
    }

    [Theory]
    [InlineData("normal", 3000)]
    [InlineData("rounded", 3000)]
    [InlineData("long stays", 300)]
    public void Folded_ranks_equal_those_of_a_sort(string name, int stripDraws)
    {
        var draws = new DrawMatrix(Generate(name), 1, Draws);
        var fold = new FoldedKey(0.25, 0.01);
        var distances = draws.All.ToArray().Select(x => Math.Max(0.01, Math.Abs(x - 0.25))).ToArray();
        var scratch = new DiagnosticScratch();
        DrawRanks<FoldedKey>.Compute(draws, ChainLayout.Whole(draws), fold, null, scratch, stripDraws);
        Assert.Equal(NaiveDiagnostics.Ranks(distances).Select(rank => (uint)(2 * rank)), scratch.Ranks(Draws)[..Draws]);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("rounded")]
    [InlineData("constant")]
    public void Draws_that_the_layout_leaves_out_do_not_count_but_stay_in_the_quantiles(string name)
    {
        const int chains = 12;
        const int iterations = 4095;
        var draws = new DrawMatrix(Generate(name), chains, iterations);
        var layout = ChainLayout.Halves(draws);
        var statistics = new OrderStatistics(draws.Count, [0.05]);
        var scratch = new DiagnosticScratch();
        DrawRanks<DrawKey>.Compute(draws, layout, default, statistics, scratch, 1000);
        var halves = NaiveDiagnostics.Halves(NaiveDiagnostics.Chains(draws));
        var expected = NaiveDiagnostics.Ranks(NaiveDiagnostics.Flat(halves)).Select(rank => (uint)(2 * rank)).ToArray();
        var ranks = scratch.Ranks(draws.Count);
        for (var series = 0; series < layout.Count; series++)
        {
            Assert.Equal(
                expected.AsSpan(series * layout.Length, layout.Length).ToArray(),
                ranks.AsSpan(layout.Start(series), layout.Length).ToArray());
        }

        Assert.Equal(Numerics.Statistics.Quantiles.Of(draws.All, 0.05), statistics.Quantile(0.05));
    }

    private static double[] Generate(string name)
    {
        var noise = new TestNoise(5);
        var normals = noise.Normals(Draws);
        return name switch
        {
            "normal" => normals,
            "rounded" => [.. normals.Select(x => Math.Round(x, 1))],
            "two values" => [.. normals.Select(x => x < 0 ? -0.0 : 0.0 + (x > 1 ? 1.0 : 0.0))],
            "constant" => [.. normals.Select(_ => 0.1)],
            "mostly one value" => [.. normals.Select(x => x < 1.3 ? 0.7 : x)],
            "long stays" => [.. Enumerable.Range(0, Draws).Select(i => normals[i / 700])],
            "a few ulps" => [.. normals.Select(x => 1e6 + (Math.Round(100 * x) * Math.BitIncrement(1e6)) - (Math.Round(100 * x) * 1e6))],
            "all exponents" => [.. normals.Select(x => Math.Sign(x) * Math.Pow(10, 150 * x))],
            "infinities" => [.. normals.Select(x => x > 1 ? double.PositiveInfinity : x < -1 ? double.NegativeInfinity : x)],
            "misleading sample" => [.. normals.Select((x, i) => i % 3 == 0 ? 100 * x : 50 + (1e-6 * x))],
            "misleading neighbours" => [.. normals.Select((x, i) => i % 3 == 0 ? 100 * x : 1 + (i * 7919 % 10_007 * Math.Pow(2, -52)))],
            "ascending" => [.. normals.Order()],
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such draws"),
        };
    }
}
