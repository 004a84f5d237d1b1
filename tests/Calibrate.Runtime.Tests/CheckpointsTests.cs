namespace Calibrate.Runtime.Tests;

public class CheckpointsTests
{
    [Fact]
    public void The_first_ones_are_known() =>
        Assert.Equal(
            [100, 120, 144, 173, 208, 249, 299, 359, 430, 516, 620],
            Walk().Take(11));

    [Theory]
    [InlineData(0, 100)]
    [InlineData(99, 100)]
    [InlineData(100, 120)]
    [InlineData(101, 120)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void After(int iteration, int expected) => Assert.Equal(expected, Checkpoints.After(iteration));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(99, 0)]
    [InlineData(100, 100)]
    [InlineData(143, 120)]
    [InlineData(144, 144)]
    public void At_or_before(int iteration, int expected) => Assert.Equal(expected, Checkpoints.AtOrBefore(iteration));

    [Fact]
    public void They_are_the_ceiling_of_a_geometric_sequence_up_to_the_largest_iteration()
    {
        var all = Walk().ToList();
        for (var k = 0; k < all.Count; k++)
        {
            // A double cannot tell exactly where the ceiling lies, only that it is within one.
            Assert.InRange(all[k], 100 * Math.Pow(1.2, k) * (1 - 1e-12), (100 * Math.Pow(1.2, k) * (1 + 1e-12)) + 1);
        }

        Assert.True(all[^1] > int.MaxValue / 1.2 - 1);
    }

    private static IEnumerable<int> Walk()
    {
        for (var at = Checkpoints.After(0); at != int.MaxValue; at = Checkpoints.After(at))
        {
            yield return at;
        }
    }
}
