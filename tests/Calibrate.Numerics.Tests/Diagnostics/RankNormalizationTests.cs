using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class RankNormalizationTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public void Scores_are_those_of_the_definition(int iterations)
    {
        var draws = new TestNoise(25).Autoregression(3, iterations, 0.5, staying: 0.5);
        var layout = ChainLayout.Halves(draws);
        var scratch = new DiagnosticScratch();
        var halves = NaiveDiagnostics.Halves(NaiveDiagnostics.Chains(draws));
        var (scores, statistics) = RankNormalization.Scores(draws, layout, [], scratch);
        AssertEqual(NaiveDiagnostics.NormalScores(halves), scores);

        var nearest = draws.All.ToArray().Min(x => Math.Abs(x - statistics.Median));
        double[][] folded = [.. halves.Select(half => half.Select(x => Distance(x, statistics.Median, nearest)).ToArray())];
        AssertEqual(NaiveDiagnostics.NormalScores(folded), RankNormalization.FoldedScores(draws, layout, statistics.Fold(), scratch));
    }

    /// <summary>Draws that are nearest to the median but for rounding are equally near.</summary>
    private static double Distance(double draw, double median, double nearest) =>
        Math.Abs(draw - median) <= nearest + 1e-12 ? nearest : Math.Abs(draw - median);

    private static void AssertEqual(double[][] expected, Series scores)
    {
        var values = new double[scores.Layout.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            scores.Read(i, values);
            for (var j = 0; j < values.Length; j++)
            {
                Near.Absolute(expected[i][j], values[j], 1e-13);
            }
        }
    }
}
