using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class DiagnoseTests
{
    private const double Rounding = 1e-11;

    [Theory]
    [InlineData(8, 600, 4)]
    [InlineData(8, 601, 4)]
    [InlineData(6, 601, 1)]
    [InlineData(4, 600, 4)]
    public void The_summary_shares_work_and_changes_no_number(int chains, int iterations, int ensembles)
    {
        var draws = new TestNoise(29).Autoregression(chains, iterations, 0.95, staying: 0.5);
        var summary = Diagnose.Ensembles(draws, ensembles);
        AssertShared(draws, summary);
        Near.Relative(Rhat.RankNormalizedNested(draws, ensembles), summary.Rhat, Rounding);
        Near.Relative(AutocorrelationTime.OfEnsembles(draws, ensembles), summary.Tau, Rounding);

        summary = Diagnose.Chains(draws);
        AssertShared(draws, summary);
        Near.Relative(Rhat.RankNormalized(draws), summary.Rhat, Rounding);
        Near.Relative(AutocorrelationTime.Of(draws), summary.Tau, Rounding);
    }

    [Fact]
    public void Draws_beyond_the_matrix_are_not_looked_at()
    {
        var draws = new TestNoise(30).Autoregression(4, 300, 0.5);
        var padded = new DrawMatrix([.. draws.Values, .. Enumerable.Repeat(double.NaN, 100)], 4, 300);
        Assert.Equal(Diagnose.Ensembles(draws, 2), Diagnose.Ensembles(padded, 2));
    }

    [Fact]
    public void Nothing_or_NaN_makes_every_number_NaN()
    {
        const double none = double.NaN;
        var nothing = new ParameterDiagnostics(none, none, none, none, none, none, none, none, none, none, none);
        Assert.Equal(nothing, Diagnose.Chains(new DrawMatrix([], 2, 0)));
        Assert.Equal(nothing, Diagnose.Ensembles(new DrawMatrix([1, 2, 3, none], 2, 2), 2));
    }

    [Fact]
    public void A_constant_parameter_has_a_value_and_no_diagnosis()
    {
        var summary = Diagnose.Ensembles(new DrawMatrix([.. Enumerable.Repeat(0.1, 800)], 4, 200), 2);
        Assert.Equal((0.1, 0.0, 0.1, 0.1, 0.1), (summary.Mean, summary.Sd, summary.Q05, summary.Median, summary.Q95));
        Assert.Equal(
            [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN],
            [summary.McseMean, summary.McseSd, summary.Rhat, summary.EssBulk, summary.EssTail, summary.Tau]);
    }

    [Fact]
    public void Infinite_draws_leave_what_follows_from_ranks()
    {
        var draws = new TestNoise(31).Autoregression(4, 500, 0.5);
        var infinite = new DrawMatrix([.. draws.All.ToArray().Select(x => x > 1.5 ? double.PositiveInfinity : x)], 4, 500);
        var summary = Diagnose.Ensembles(infinite, 2);
        Assert.Equal(double.PositiveInfinity, summary.Mean);
        Assert.Equal(Quantiles.Of(infinite.All, 0.05), summary.Q05);
        Assert.True(summary is { Rhat: > 0.9 and < 1.1, EssBulk: > 100 });
        Assert.Equal(
            [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN],
            [summary.Sd, summary.McseMean, summary.McseSd, summary.EssTail, summary.Tau]);
    }

    [Fact]
    public void Refuses_ensembles_of_unequal_size() =>
        Assert.Throws<ArgumentException>(() => Diagnose.Ensembles(new DrawMatrix(new double[10], 5, 2), 2));

    [Fact]
    public void Of_many_draws_that_come_in_pairs_half_count()
    {
        const int iterations = 100_000;
        var values = new double[4 * iterations];
        ulong state = 1;
        for (var i = 0; i < values.Length; i++)
        {
            // A cheap linear congruence (Knuth's MMIX).
            state = (state * 6364136223846793005UL) + 1442695040888963407UL;
            values[i] = i % 2 == 1 ? values[i - 1] : (state >> 11) * Math.Pow(2, -53);
        }

        var summary = Diagnose.Ensembles(new DrawMatrix(values, 4, iterations), 2);
        Array.Sort(values);
        Assert.Equal(Quantiles.OfSorted(values, 0.05), summary.Q05);
        Assert.Equal(Quantiles.OfSorted(values, 0.95), summary.Q95);

        // One estimate is off by some 0.3 %, one sigma: 3 % are never reached by chance.
        Near.Relative(0.5 * values.Length, summary.EssBulk, 0.03);
        Near.Relative(2.0, summary.Tau, 0.03);
    }

    private static void AssertShared(DrawMatrix draws, ParameterDiagnostics summary)
    {
        Near.Relative(SampleMoments.Of(draws.All).Mean, summary.Mean, Rounding);
        Near.Relative(SampleMoments.Of(draws.All).StandardDeviation, summary.Sd, Rounding);
        Assert.Equal(Quantiles.Of(draws.All, 0.05), summary.Q05);
        Assert.Equal(Quantiles.Of(draws.All, 0.5), summary.Median);
        Assert.Equal(Quantiles.Of(draws.All, 0.95), summary.Q95);
        Near.Relative(MonteCarloError.Mean(draws), summary.McseMean, Rounding);
        Near.Relative(MonteCarloError.StandardDeviation(draws), summary.McseSd, Rounding);
        Near.Relative(EffectiveSampleSize.Bulk(draws), summary.EssBulk, Rounding);
        Near.Relative(EffectiveSampleSize.Tail(draws), summary.EssTail, Rounding);
    }
}
