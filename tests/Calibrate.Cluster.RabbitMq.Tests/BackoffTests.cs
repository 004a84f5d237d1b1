namespace Calibrate.Cluster.RabbitMq.Tests;

public class BackoffTests
{
    private static readonly Backoff Sample = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    [Theory]
    [InlineData(1, 0.0, 0.5)]
    [InlineData(1, 1.0, 1.0)]
    [InlineData(2, 1.0, 2.0)]
    [InlineData(4, 0.0, 4.0)]
    [InlineData(5, 0.5, 7.5)]
    [InlineData(1_000_000, 1.0, 10.0)]
    public void Pauses_double_up_to_the_longest_and_half_of_each_is_drawn(int attempt, double draw, double seconds) =>
        Assert.Equal(seconds, Sample.After(attempt, draw).TotalSeconds, 9);

    [Fact]
    public void Attempts_count_from_one() => Assert.Throws<ArgumentOutOfRangeException>(() => Sample.After(0, 0));
}
