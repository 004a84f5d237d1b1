using System.Text.Json;
using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Statistics;

public class ParetoSmoothingTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "psis-loo.json"))).RootElement;

    /// <summary>R package loo 2.5.1: leave-one-out ratios are those of 1 / likelihood.</summary>
    [Fact]
    public void Agrees_with_loo_on_every_observation()
    {
        double[][] logLikelihood = [.. Reference.GetProperty("log_likelihood").EnumerateArray().Select(Numbers)];
        var expected = Reference.GetProperty("expected");
        var shapes = Numbers(expected.GetProperty("pareto_k"));
        var densities = Numbers(expected.GetProperty("pointwise_elpd"));
        for (var i = 0; i < shapes.Length; i++)
        {
            double[] ratios = [.. logLikelihood.Select(draw => -draw[i])];

            var smoothing = ParetoSmoothing.Of(ratios);

            Near.Absolute(shapes[i], smoothing.ParetoShape, 1e-10);
            Near.Relative(densities[i], LogMean(smoothing.LogWeights, ratios), 1e-11);
            Assert.Equal(85, smoothing.TailLength);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(997)]
    public void Equal_ratios_are_exactly_equal_shares(int draws) =>
        Assert.All(ParetoSmoothing.Of(new double[draws]).Weights.ToArray(), weight => Assert.Equal(1.0 / draws, weight));

    [Fact]
    public void Equal_ratios_give_equal_weights_and_no_doubt()
    {
        var smoothing = ParetoSmoothing.Of(Enumerable.Repeat(-712.25, 1024).ToArray());

        Assert.All(smoothing.LogWeights.ToArray(), weight => Assert.Equal(-Math.Log(1024), weight, 1e-15));
        Assert.All(smoothing.Weights.ToArray(), weight => Assert.Equal(1.0 / 1024, weight));
        Near.Relative(1024, smoothing.EffectiveSampleSize, 1e-14);
        Assert.True(smoothing.IsReliable);
        Assert.Equal(0, smoothing.TailLength);
    }

    [Fact]
    public void Weights_sum_to_one_and_keep_the_order_of_the_ratios()
    {
        double[] ratios = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i * 12.9898) * 4)];

        var weights = ParetoSmoothing.Of(ratios).LogWeights.ToArray();

        Near.Relative(1, weights.Sum(Math.Exp), 1e-12);
        var order = Enumerable.Range(0, ratios.Length).OrderBy(i => ratios[i]).ToArray();
        for (var i = 1; i < order.Length; i++)
        {
            Assert.True(weights[order[i]] >= weights[order[i - 1]]);
        }
    }

    [Fact]
    public void A_tail_without_a_mean_is_not_reliable()
    {
        // Quantiles of a Pareto distribution with k = 1.5: not even its mean exists.
        double[] ratios = [.. Enumerable.Range(0, 4000).Select(i => -1.5 * Math.Log(1 - ((i + 0.5) / 4000)))];

        var smoothing = ParetoSmoothing.Of(ratios);

        Assert.InRange(smoothing.ParetoShape, 1.2, 1.7);
        Assert.False(smoothing.IsReliable);
        Assert.True(smoothing.EffectiveSampleSize < 40);
    }

    [Fact]
    public void Draws_that_weigh_nothing_stay_that_way()
    {
        double[] ratios = [.. Enumerable.Range(0, 500).Select(i => i % 2 == 0 ? double.NegativeInfinity : Math.Cos(i))];

        var smoothing = ParetoSmoothing.Of(ratios);

        Assert.All(Enumerable.Range(0, 250), i => Assert.Equal(double.NegativeInfinity, smoothing.LogWeights[2 * i]));
        Assert.InRange(smoothing.EffectiveSampleSize, 100, 250);
    }

    [Fact]
    public void One_draw_alone_says_nothing()
    {
        var smoothing = ParetoSmoothing.Of([3.0]);
        Assert.Equal(0, smoothing.LogWeights[0]);
        Assert.False(ParetoSmoothing.Of([0, 1, 2, 3, 4]).IsReliable);
    }

    /// <summary>Appendix H of the paper, by hand.</summary>
    [Theory]
    [InlineData(800, 1.0, 85)]
    [InlineData(100, 1.0, 20)]
    [InlineData(10000, 0.25, 600)]
    [InlineData(10000, 1.0, 300)]
    public void The_tail_is_as_long_as_the_paper_says(int draws, double efficiency, int expected) =>
        Assert.Equal(expected, ParetoSmoothing.TailLengthOf(draws, efficiency));

    [Theory]
    [InlineData(100, 0.5)]
    [InlineData(1000, 0.6666666666666667)]
    [InlineData(10_000, 0.7)]
    [InlineData(10, 0.0)]
    public void The_threshold_grows_with_the_sample(int draws, double expected) =>
        Assert.Equal(expected, ParetoSmoothing.ThresholdOf(draws), 1e-15);

    [Fact]
    public void The_efficiency_lowers_the_effective_sample_size()
    {
        double[] ratios = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i))];
        var smoothing = ParetoSmoothing.Of(ratios, 0.1);
        Assert.Equal(smoothing.EffectiveSampleSize * 0.1, smoothing.DependentEffectiveSampleSize);
        Assert.Equal(200, smoothing.TailLength);
    }

    [Fact]
    public void Refuses_what_are_no_ratios()
    {
        Assert.Throws<ArgumentException>(() => ParetoSmoothing.Of([]));
        Assert.Throws<ArgumentException>(() => ParetoSmoothing.Of([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => ParetoSmoothing.Of([1, double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => ParetoSmoothing.Of([double.NegativeInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParetoSmoothing.Of([1, 2], 0));
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    // elpd of an observation: log of the weighted mean of its likelihood.
    private static double LogMean(ReadOnlySpan<double> logWeights, double[] ratios)
    {
        var terms = logWeights.ToArray().Zip(ratios, (weight, ratio) => weight - ratio).ToArray();
        var largest = terms.Max();
        return largest + Math.Log(terms.Sum(term => Math.Exp(term - largest)));
    }
}
