using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class RhatTests
{
    private static readonly DrawMatrix Draws = new TestNoise(12).Autoregression(8, 251, 0.7, staying: 0.4);

    [Theory]
    [InlineData(250)]
    [InlineData(251)]
    public void Nested_rhat_agrees_with_its_definition(int iterations)
    {
        var draws = new DrawMatrix(Draws.Values, 8, iterations);
        var chains = NaiveDiagnostics.Chains(draws);
        Near.Relative(NaiveDiagnostics.NestedRhat(chains, 4), Rhat.Nested(draws, 4), 1e-12);

        var median = Numerics.Statistics.Quantiles.Of(draws.All, 0.5);
        double[][] folded = [.. chains.Select(chain => chain.Select(x => Math.Round(Math.Abs(x - median), 12)).ToArray())];
        var expected = Math.Max(
            NaiveDiagnostics.NestedRhat(NaiveDiagnostics.NormalScores(chains), 4),
            NaiveDiagnostics.NestedRhat(NaiveDiagnostics.NormalScores(folded), 4));
        Near.Relative(expected, Rhat.RankNormalizedNested(draws, 4), 1e-12);
    }

    [Fact]
    public void Ranks_do_not_care_for_the_unit_or_a_monotone_transform()
    {
        var exponential = Map(Draws, x => Math.Exp(3 * x));
        var scratch = new DiagnosticScratch();
        Near.Relative(EffectiveSampleSize.Bulk(Draws, scratch), EffectiveSampleSize.Bulk(exponential, scratch), 1e-14);
        foreach (var (scale, shift) in new[] { (1e-30, 0.0), (-7.3, 1e3), (3.1e12, -0.1) })
        {
            var transformed = Map(Draws, x => (scale * x) + shift);
            Near.Relative(Rhat.RankNormalized(Draws), Rhat.RankNormalized(transformed, scratch), 1e-12);
            Near.Relative(Rhat.RankNormalizedNested(Draws, 2), Rhat.RankNormalizedNested(transformed, 2, scratch), 1e-12);
            Near.Relative(Rhat.Basic(Draws), Rhat.Basic(transformed), 1e-9);
        }
    }

    [Fact]
    public void The_order_of_chains_does_not_matter_nor_that_of_ensembles_and_walkers()
    {
        var reversed = new DrawMatrix([.. NaiveDiagnostics.Chains(Draws).Reverse().SelectMany(chain => chain)], 8, 251);
        Near.Relative(Rhat.RankNormalized(Draws), Rhat.RankNormalized(reversed), 1e-14);
        Near.Relative(Rhat.RankNormalizedNested(Draws, 2), Rhat.RankNormalizedNested(reversed, 2), 1e-14);
        Near.Relative(EffectiveSampleSize.Bulk(Draws), EffectiveSampleSize.Bulk(reversed), 1e-12);
        Near.Relative(EffectiveSampleSize.Tail(Draws), EffectiveSampleSize.Tail(reversed), 1e-12);
    }

    [Fact]
    public void An_ensemble_that_sits_elsewhere_or_spreads_more_is_seen()
    {
        var shifted = Map(Draws, (x, chain) => chain < 4 ? x : x + 3);
        var spread = Map(Draws, (x, chain) => chain < 4 ? x : 5 * x);
        Assert.InRange(Rhat.RankNormalizedNested(Draws, 2), 1.0, 1.02);
        Assert.True(Rhat.RankNormalizedNested(shifted, 2) > 1.5);
        Assert.True(Rhat.RankNormalizedNested(spread, 2) > 1.2);
        Assert.True(Rhat.RankNormalized(spread) > 1.2);

        // Location alone does not show the spread: the folded half does.
        Assert.InRange(Rhat.Nested(spread, 2), 1.0, 1.05);
    }

    [Fact]
    public void A_single_ensemble_that_drifts_is_seen()
    {
        var drifting = new DrawMatrix([.. Draws.All.ToArray().Select((x, i) => x + (0.02 * (i % 251)))], 8, 251);
        Assert.InRange(Rhat.RankNormalizedNested(Draws, 1), 1.0, 1.02);
        Assert.True(Rhat.RankNormalizedNested(drifting, 1) > 1.3);
    }

    [Fact]
    public void Draws_that_say_nothing_give_NaN()
    {
        foreach (var draws in new[]
        {
            new DrawMatrix([], 2, 0), new DrawMatrix([1, 2], 2, 1), new DrawMatrix([1, 2, 3, 4], 2, 2),
            Map(Draws, _ => 0.1), Map(Draws, x => x > 2 ? double.NaN : x),
        })
        {
            Assert.Equal(double.NaN, Rhat.RankNormalized(draws));
            Assert.Equal(double.NaN, Rhat.Basic(draws));
        }

        Assert.Equal(double.NaN, Rhat.RankNormalizedNested(Map(Draws, _ => 0.1), 2));
        Assert.Equal(double.NaN, Rhat.RankNormalizedNested(Map(Draws, _ => 0.1), 1));
        Assert.Equal(double.NaN, Rhat.RankNormalizedNested(new DrawMatrix([1, 2], 2, 1), 1));
    }

    [Fact]
    public void Infinite_draws_have_ranks_all_the_same()
    {
        var infinite = Map(Draws, x => x > 1.5 ? double.PositiveInfinity : x);
        var large = Map(Draws, x => x > 1.5 ? 1e9 : x);
        Assert.Equal(Rhat.RankNormalized(large), Rhat.RankNormalized(infinite));
        Assert.Equal(double.NaN, Rhat.Basic(infinite));
        Assert.Equal(double.NaN, Rhat.RankNormalized(Map(Draws, x => x > -0.5 ? double.PositiveInfinity : x)));
    }

    private static DrawMatrix Map(DrawMatrix draws, Func<double, double> function) => Map(draws, (x, _) => function(x));

    private static DrawMatrix Map(DrawMatrix draws, Func<double, int, double> function) =>
        new([.. draws.All.ToArray().Select((x, i) => function(x, i / draws.Iterations))], draws.Chains, draws.Iterations);
}
