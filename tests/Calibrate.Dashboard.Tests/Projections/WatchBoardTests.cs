using Calibrate.Dashboard.Projections;

namespace Calibrate.Dashboard.Tests.Projections;

public class WatchBoardTests
{
    private readonly WatchBoard board = new();

    [Fact]
    public void Who_comes_late_gets_the_newest_message_on_every_topic()
    {
        board.Post(WatchTopic.Status, "one"u8.ToArray());
        board.Post(WatchTopic.Draws, "two"u8.ToArray());
        board.Post(WatchTopic.Status, "three"u8.ToArray());

        var (news, number, next) = board.Since(0);
        Assert.Equal([(WatchTopic.Status, "three"), (WatchTopic.Draws, "two")], news.Select(message => (message.Topic, System.Text.Encoding.UTF8.GetString(message.Body.Span))));
        Assert.False(next.IsCompleted);
        Assert.Empty(board.Since(number).News);
    }

    [Fact]
    public void The_same_message_again_is_no_news()
    {
        board.Post(WatchTopic.Status, "one"u8.ToArray());
        var (_, number, next) = board.Since(0);
        board.Post(WatchTopic.Status, "one"u8.ToArray());
        Assert.False(next.IsCompleted);
        board.Post(WatchTopic.Status, "two"u8.ToArray());
        Assert.True(next.IsCompleted);
        Assert.Single(board.Since(number).News);
    }

    [Fact]
    public async Task A_message_can_be_waited_for()
    {
        var waiting = board.ReadAsync(WatchTopic.Draws, CancellationToken.None);
        board.Post(WatchTopic.Status, "one"u8.ToArray());
        Assert.False(waiting.IsCompleted);
        board.Post(WatchTopic.Draws, "two"u8.ToArray());
        Assert.Equal("two"u8.ToArray(), (await waiting).ToArray());
        board.Clear();
        Assert.False(board.ReadAsync(WatchTopic.Draws, CancellationToken.None).IsCompleted);
    }
}
