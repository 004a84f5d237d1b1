using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class RankStripsTests
{
    [Fact]
    public void Strips_are_of_about_equal_size_and_leave_no_gap()
    {
        var draws = new TestNoise(6).Normals(20_000);
        var strips = RankStrips.Plan(draws, default(DrawKey), 2500);
        Assert.Equal(8, strips.Count);
        Assert.Equal(default(DrawKey).Of(draws.Min()), strips[0].Low);
        Assert.Equal(default(DrawKey).Of(draws.Max()), strips[^1].High);
        Assert.All(strips.Zip(strips.Skip(1)), pair => Assert.Equal(pair.First.High + 1, pair.Second.Low));
        Assert.All(strips, strip => Assert.InRange(Count(draws, strip), 2400, 2600));
    }

    [Fact]
    public void A_frequent_value_is_a_strip_by_itself()
    {
        double[] draws = [.. new TestNoise(6).Normals(20_000).Select(x => x < 1 ? 0.25 : x)];
        var strips = RankStrips.Plan(draws, default(DrawKey), 2500);
        var key = default(DrawKey).Of(0.25);
        Assert.Contains((key, key), strips);
        Assert.Equal(20_000, strips.Sum(strip => Count(draws, strip)));
    }

    [Fact]
    public void Few_draws_are_one_strip() =>
        Assert.Equal([(default(DrawKey).Of(-1), default(DrawKey).Of(7))], RankStrips.Plan([3.0, -1.0, 7.0], default(DrawKey), 2500));

    private static int Count(double[] draws, (ulong Low, ulong High) strip) =>
        draws.Count(draw => default(DrawKey).Of(draw) is var key && key >= strip.Low && key <= strip.High);
}
