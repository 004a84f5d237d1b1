using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class SampledDiagnosticsTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public void All_stretches_agree_with_the_diagnosis_of_all_draws(int ensembles)
    {
        var draws = new TestNoise(32).Autoregression(8, 4096, 0.8);
        var sampled = Feed(draws, ensembles, stretch: 64, every: 1);
        var summary = Diagnose.Ensembles(draws, ensembles);

        Assert.Equal(draws.Count, sampled.Count);
        Near.Absolute(summary.Mean, sampled.Mean, 1e-12);
        Near.Relative(summary.Sd, sampled.Sd, 1e-12);
        if (ensembles > 1)
        {
            Near.Relative(Rhat.Nested(draws, ensembles), sampled.Rhat, 1e-12);
        }

        // Known to 10 % with four ensembles and 20 % with one, as batch means are: five times that.
        Near.Relative(summary.McseMean, sampled.McseMean, ensembles > 1 ? 0.5 : 0.9);
        Near.Relative(Math.Pow(sampled.Sd / sampled.McseMean, 2), sampled.Ess, 1e-12);
    }

    /// <summary>
    /// The exact effective sample size of a first-order autoregression is n (1 - r) / (1 + r). The estimate from 4 x 32 batches has a relative error of
    /// sqrt(2 / 124) = 0.13, and gaps must not bias it; averaged over 64 universes 0.016: six standard errors are 0.1, false alarms below 1e-8.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_share_of_the_stretches_tells_the_share_of_the_effective_sample_size(int every)
    {
        const double persistence = 0.7;
        var sum = 0.0;
        for (var universe = 0UL; universe < 64; universe++)
        {
            var draws = new TestNoise(1000 + universe).Autoregression(8, 32 * 48 * every, persistence);
            sum += Feed(draws, 4, stretch: 48, every).Ess;
        }

        var exact = 8 * 32 * 48 * (1 - persistence) / (1 + persistence);
        Near.Relative(exact, sum / 64, 0.1);
    }

    [Fact]
    public void Ensembles_that_disagree_have_a_large_rhat_and_so_have_halves_of_one()
    {
        var noise = new TestNoise(7);
        var two = new SampledDiagnostics(2, 4);
        var one = new SampledDiagnostics(1, 4);
        for (var i = 0; i < 8; i++)
        {
            two.Add(0, Moments(noise, 0));
            two.Add(1, Moments(noise, 10));
            one.Add(0, Moments(noise, i < 4 ? 0 : 10));
        }

        Assert.True(two.Rhat > 3, $"{two.Rhat}");
        Assert.True(one.Rhat > 3, $"{one.Rhat}");
    }

    [Fact]
    public void Says_nothing_before_there_is_something()
    {
        var sampled = new SampledDiagnostics(2, 2);
        Assert.All([sampled.Mean, sampled.Sd, sampled.McseMean, sampled.Ess, sampled.Rhat], value => Assert.True(double.IsNaN(value)));
        Assert.True(double.IsNaN(new SampledDiagnostics(1, 2).Rhat));
        sampled.Add(0, [SampleMoments.Of([1.0, 2.0]), SampleMoments.Of([3.0, 4.0])]);
        Assert.Equal(2.5, sampled.Mean);
        Assert.All([sampled.McseMean, sampled.Ess, sampled.Rhat], value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void Refuses_what_has_another_shape()
    {
        var error = Assert.Throws<ArgumentException>(() => new SampledDiagnostics(2, 3).Add(1, [default]));
        Assert.StartsWith("A stretch has 3 walkers; moments of 1 were given.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampledDiagnostics(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampledDiagnostics(3, 0));
    }

    private static SampleMoments[] Moments(TestNoise noise, double centre) =>
        [.. Enumerable.Range(0, 4).Select(_ => SampleMoments.Of([.. noise.Normals(20).Select(value => value + centre)]))];

    private static SampledDiagnostics Feed(DrawMatrix draws, int ensembles, int stretch, int every)
    {
        var walkers = draws.Chains / ensembles;
        var sampled = new SampledDiagnostics(ensembles, walkers);
        for (var from = 0; from < draws.Iterations; from += stretch * every)
        {
            for (var ensemble = 0; ensemble < ensembles; ensemble++)
            {
                sampled.Add(ensemble, [.. Enumerable.Range(ensemble * walkers, walkers).Select(chain => SampleMoments.Of(draws.Chain(chain).Slice(from, stretch)))]);
            }
        }

        return sampled;
    }
}
