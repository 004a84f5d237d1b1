using Calibrate.Simulator.Time;

namespace Calibrate.Simulator.Tests.Time;

public class VirtualTimeTests
{
    [Fact]
    public void Things_happen_by_time_and_then_in_the_order_in_which_they_were_planned()
    {
        var time = new VirtualTime();
        List<string> happened = [];
        time.After(2, () => happened.Add($"late at {time.Now}"));
        time.After(1, () => happened.Add("first"));
        time.After(1, () =>
        {
            happened.Add("second");
            time.After(0, () => happened.Add("third"));
        });
        while (time.Next())
        {
        }

        Assert.Equal(["first", "second", "third", "late at 2"], happened);
        Assert.Equal(4, time.Happenings);
    }
}
