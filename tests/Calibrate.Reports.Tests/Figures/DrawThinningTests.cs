using Calibrate.Numerics.Diagnostics;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class DrawThinningTests
{
    [Theory]
    [InlineData(10, 10, 1)]
    [InlineData(11, 10, 2)]
    [InlineData(2_000_000, 100_000, 20)]
    [InlineData(0, 10, 1)]
    public void No_more_are_left_than_wanted(long count, int most, int stride) => Assert.Equal(stride, DrawThinning.StrideFor(count, most));

    [Fact]
    public void Every_chain_keeps_the_same_draws()
    {
        var kept = DrawThinning.Every(2, new DrawMatrix([0, 1, 2, 3, 4, 10, 11, 12, 13, 14], 2, 5));

        Assert.Equal([0.0, 2, 4, 10, 12, 14], kept.All.ToArray());
        Assert.Equal((2, 3), (kept.Chains, kept.Iterations));
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, " Every 2nd kept draw is used here.")]
    [InlineData(11, " Every 11th kept draw is used here.")]
    [InlineData(23, " Every 23rd kept draw is used here.")]
    [InlineData(41, " Every 41st kept draw is used here.")]
    public void It_is_said(int stride, string sentence) => Assert.Equal(sentence, DrawThinning.Sentence(stride));
}
