using Calibrate.Cluster.RabbitMq.Links;

namespace Calibrate.Cluster.RabbitMq.Tests.Links;

public class ConfirmsTests
{
    private readonly Confirms confirms = new();
    private readonly List<string> told = [];

    [Fact]
    public void One_answer_can_be_for_all_up_to_it()
    {
        Begin(5);
        confirms.Settle(2, multiple: false, taken: true);
        confirms.Settle(4, multiple: true, taken: true);
        confirms.Settle(5, multiple: true, taken: false);
        Assert.Equal(["2 Taken", "1 Taken", "3 Taken", "4 Taken", "5 Refused"], told);
    }

    [Fact]
    public void A_message_that_came_back_is_not_taken_although_it_is_confirmed()
    {
        Begin(2);
        confirms.Returned(Confirms.NameOf(1));
        confirms.Returned("nonsense");
        confirms.Returned(null);
        confirms.Settle(2, multiple: true, taken: true);
        Assert.Equal(["1 Unroutable", "2 Taken"], told);
    }

    [Fact]
    public void Answers_for_nothing_are_ignored()
    {
        Begin(1);
        confirms.Settle(7, multiple: false, taken: true);
        confirms.Settle(1, multiple: false, taken: true);
        confirms.Settle(1, multiple: true, taken: true);
        Assert.Equal(["1 Taken"], told);
    }

    [Fact]
    public async Task Draining_waits_for_the_last_answer()
    {
        await confirms.DrainAsync();
        Begin(2);
        var drained = confirms.DrainAsync();
        confirms.Settle(1, multiple: false, taken: true);
        Assert.False(drained.IsCompleted);
        confirms.Settle(2, multiple: false, taken: true);
        await drained;
    }

    [Fact]
    public async Task A_broken_connection_leaves_everything_unknown()
    {
        Begin(2);
        var drained = confirms.DrainAsync();
        confirms.Abandon();
        await drained;
        Assert.Equal(["1 Unknown", "2 Unknown"], told.Order(StringComparer.Ordinal));
    }

    private void Begin(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            var name = Confirms.NameOf((ulong)i);
            Assert.Equal((ulong)i, confirms.Begin(result => told.Add($"{name} {result}")));
        }
    }
}
