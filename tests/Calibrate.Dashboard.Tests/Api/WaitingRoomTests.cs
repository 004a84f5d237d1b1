using Calibrate.Dashboard.Api;

namespace Calibrate.Dashboard.Tests.Api;

public class WaitingRoomTests
{
    [Fact]
    public async Task One_is_inside_some_wait_and_others_are_turned_away()
    {
        using var room = new WaitingRoom(most: 2);
        var first = await room.TryEnterAsync(CancellationToken.None);
        var second = room.TryEnterAsync(CancellationToken.None);
        Assert.False(second.IsCompleted);
        Assert.Null(await room.TryEnterAsync(CancellationToken.None));

        first!.Dispose();
        first.Dispose();
        using var turn = await second;
        Assert.NotNull(turn);
        Assert.False(room.TryEnterAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_makes_room()
    {
        using var room = new WaitingRoom(most: 2);
        using var first = await room.TryEnterAsync(CancellationToken.None);
        using var impatience = new CancellationTokenSource();
        var second = room.TryEnterAsync(impatience.Token);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(room.TryEnterAsync(CancellationToken.None).IsCompleted);
    }
}
