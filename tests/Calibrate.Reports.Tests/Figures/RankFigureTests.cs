using System.Text.Json.Nodes;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class RankFigureTests
{
    [Fact]
    public void Ranks_of_known_draws_are_counted_where_they_belong()
    {
        // Two ensembles of one walker: the first has the values 0..39, the second 40..79, so it has all the low ranks and the other all the high ones.
        var panel = RankFigure.Summarise(Draws.Of(2, 1, 40, (chain, iteration) => (40 * chain) + iteration), 80);

        Assert.False(panel.ComparesHalves);
        Assert.Equal([.. Enumerable.Repeat(2.0, 10), .. Enumerable.Repeat(0.0, 10)], panel.Shares[0]);
        Assert.Equal([.. Enumerable.Repeat(0.0, 10), .. Enumerable.Repeat(2.0, 10)], panel.Shares[1]);
    }

    [Fact]
    public void The_same_draws_in_every_ensemble_are_flat()
    {
        var panel = RankFigure.Summarise(Draws.Of(3, 2, 400, (_, iteration) => iteration * 7 % 400), 100);

        Assert.All(panel.Shares, shares => Assert.All(shares, share => Assert.Equal(1, share, 1e-9)));
    }

    [Fact]
    public void A_walker_that_stays_shares_the_mean_rank()
    {
        // 90 % of all draws are equal: their ranks are 5 % to 95 %, so all of them count at the middle.
        var panel = RankFigure.Summarise(Draws.Of(2, 1, 100, (_, iteration) => iteration < 5 ? -1 - iteration : iteration >= 95 ? iteration : 0), 50);

        Assert.Equal(18, panel.Shares[0][10], 1e-9);
    }

    [Fact]
    public void One_ensemble_is_compared_with_itself_later()
    {
        var panel = RankFigure.Summarise(Draws.Of(1, 4, 100, (_, iteration) => iteration), 100);

        Assert.True(panel.ComparesHalves);
        Assert.Equal(2, panel.Shares.Count);
        Assert.Equal(2, panel.Shares[0][0], 1e-9);
        Assert.Equal(2, panel.Shares[1][19], 1e-9);
    }

    /// <summary>Of 80 bins of independent draws each is outside the 99 % band with probability 1 %: more than 12 with probability below 1e-9.</summary>
    [Fact]
    public void The_band_holds_what_chance_does()
    {
        var panel = RankFigure.Summarise(Draws.Normal(4, 8, 1000), 32_000);

        Assert.Equal(2.5758293035489004 * Math.Sqrt(19.0 / 8000), panel.Band, 1e-12);
        Assert.InRange(panel.Shares.SelectMany(shares => shares).Count(share => Math.Abs(share - 1) > panel.Band), 0, 12);
    }

    [Fact]
    public void Long_runs_are_thinned_evenly_and_say_so()
    {
        var panel = RankFigure.Summarise(Draws.Normal(2, 2, 75_000), 1000);

        Assert.Equal(3, panel.Stride);
        Assert.EndsWith("Every 3rd kept draw is used here.", RankFigure.Create([panel]).Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_ensemble_is_a_line_of_steps()
    {
        var figure = RankFigure.Create([RankFigure.Summarise(Draws.Normal(3, 4, 50), 100), RankFigure.Summarise(Draws.Normal(3, 4, 50), 100)]);

        Assert.Equal(6, figure.Data.Count);
        Assert.Equal(["ensemble 0", "ensemble 1", "ensemble 2"], figure.Data.Take(3).Select(trace => (string)trace!["name"]!));
        Assert.All(figure.Data, trace => Assert.Equal(RankFigure.Bins + 1, ((JsonArray)trace!["y"]!).Count));
        Assert.Equal("the &lt;label&gt; (W m<sup>−2</sup>): rank", (string)figure.Layout["xaxis"]!["title"]!["text"]!);
    }
}
