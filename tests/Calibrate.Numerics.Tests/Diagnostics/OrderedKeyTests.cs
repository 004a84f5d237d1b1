using System.Runtime.Intrinsics;
using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class OrderedKeyTests
{
    private static readonly double[] Ascending =
    [
        double.NegativeInfinity, double.MinValue, -1.5, -1.0, -double.Epsilon, 0.0, double.Epsilon, 1e-300, 1.0, double.BitIncrement(1.0),
        double.MaxValue, double.PositiveInfinity,
    ];

    [Fact]
    public void Keys_of_draws_sort_as_the_draws_do()
    {
        var keys = Ascending.Select(draw => default(DrawKey).Of(draw)).ToArray();
        Assert.Equal(keys.Order(), keys);
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(Ascending, keys.Select(key => default(DrawKey).Value(key)));
    }

    [Fact]
    public void The_zeros_tie() => Assert.Equal(default(DrawKey).Of(0.0), default(DrawKey).Of(-0.0));

    [Fact]
    public void Folded_keys_sort_by_distance_and_tie_up_to_the_nearest()
    {
        var fold = new FoldedKey(centre: 2.0, nearest: 0.5);
        double[] byDistance = [2.5, 1.0, 4.0, -3.0, double.PositiveInfinity];
        Assert.Equal([0.5, 1.0, 2.0, 5.0, double.PositiveInfinity], byDistance.Select(draw => fold.Value(fold.Of(draw))));
        Assert.Equal(fold.Of(2.5), fold.Of(double.BitIncrement(1.5)));
        Assert.Equal(fold.Of(3.0), fold.Of(1.0));
    }

    [Fact]
    public void Eight_at_once_are_the_same()
    {
        double[] draws = [-0.0, 3.0, -3.0, double.NegativeInfinity, 1e-310, 2.0, 2.25, double.MaxValue];
        var fold = new FoldedKey(2.0, 0.5);
        for (var lane = 0; lane < draws.Length; lane++)
        {
            Assert.Equal(default(DrawKey).Of(draws[lane]), default(DrawKey).Of(Vector512.Create(draws))[lane]);
            Assert.Equal(fold.Of(draws[lane]), fold.Of(Vector512.Create(draws))[lane]);
        }
    }
}
