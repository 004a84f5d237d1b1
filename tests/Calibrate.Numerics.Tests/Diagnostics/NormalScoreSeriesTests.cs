using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class NormalScoreSeriesTests
{
    [Fact]
    public void Scores_are_normal_quantiles_of_Bloms_plotting_positions()
    {
        // Ranks 1, 2.5, 2.5, 4, doubled.
        var scores = new NormalScoreSeries([2, 5, 5, 8], new ChainLayout(1, 4, halved: false));
        var values = new double[4];
        scores.Read(0, values);
        Assert.Equal([NormalQuantile.Of(0.625 / 4.25), 0.0, 0.0, NormalQuantile.Of(3.625 / 4.25)], values);
    }

    [Fact]
    public void Only_the_draws_that_were_ranked_count()
    {
        // Two chains of three draws, whose middles have no rank: four ranks.
        var scores = new NormalScoreSeries([2, 77, 4, 6, 77, 8], new ChainLayout(2, 3, halved: true));
        var values = new double[1];
        scores.Read(3, values);
        Assert.Equal(NormalQuantile.Of(3.625 / 4.25), values[0]);
    }
}
