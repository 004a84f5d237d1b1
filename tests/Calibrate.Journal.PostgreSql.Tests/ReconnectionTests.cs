namespace Calibrate.Journal.PostgreSql.Tests;

public class ReconnectionTests
{
    [Fact]
    public async Task Pauses_double_up_to_the_longest_and_end_with_the_patience()
    {
        var clock = new SkippingTime();
        var reconnection = new Reconnection(new PostgreSqlJournalOptions(), clock);
        while (await reconnection.WaitAsync())
        {
        }

        Assert.Equal([50, 100, 200, 400, 800, 1000, 1000], clock.Pauses.Take(7).Select(pause => pause.TotalMilliseconds));
        Assert.Equal(1000, clock.Pauses[^1].TotalMilliseconds);
        Assert.InRange(clock.Pauses.Sum(pause => pause.TotalSeconds), 59, 60);
        Assert.False(await reconnection.WaitAsync());
    }

    [Fact]
    public async Task Without_patience_there_is_no_second_attempt()
    {
        var clock = new SkippingTime();
        Assert.False(await new Reconnection(new PostgreSqlJournalOptions { Patience = TimeSpan.Zero }, clock).WaitAsync());
        Assert.Empty(clock.Pauses);
    }
}
