using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Coordination;

public class WorkerRollTests
{
    private readonly WorkerRoll roll = new();

    [Fact]
    public void Who_joins_again_replaces_himself()
    {
        roll.Join(new WorkerJoined(new WorkerId("a"), "two slots", 2, 0));
        roll.Join(new WorkerJoined(new WorkerId("b"), "one slot", 1, 0));
        roll.Join(new WorkerJoined(new WorkerId("a"), "four slots", 4, 1));
        Assert.Equal((2, 5), (roll.Admitted.Count, roll.Slots));
        Assert.Equal("four slots", roll.Find(new WorkerId("a"))!.Description);

        roll.Leave(new WorkerId("a"));
        roll.Leave(new WorkerId("nobody"));
        Assert.Equal("b", Assert.Single(roll.Admitted).Worker.Name);
        roll.Dismiss();
        Assert.Empty(roll.Admitted);
    }

    [Fact]
    public void All_refusals_are_counted_and_the_last_sixteen_kept()
    {
        for (var i = 0; i < 20; i++)
        {
            roll.Refuse(new WorkerRefused(new WorkerId($"{i}"), "another build", i));
        }

        roll.Dismiss();
        Assert.Equal(20, roll.RefusalCount);
        Assert.Equal(Enumerable.Range(4, 16).Select(i => $"{i}"), roll.Refusals.Select(refusal => refusal.Worker.Name));
    }
}
