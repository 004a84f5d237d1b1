using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Hosting;

namespace Calibrate.Runtime.Tests.Hosting;

public class LoadRatesTests
{
    private readonly LoadRates rates = new();

    [Fact]
    public void Rates_are_those_of_the_recent_time()
    {
        rates.Observe(View("a", new SlotLoad(1, 100, 1), new SlotLoad(0, 50, 0)), now: 10);
        Assert.Null(rates.PerSecond("a", -1, now: 10));
        rates.Observe(View("a", new SlotLoad(1, 140, 3), new SlotLoad(1, 70, 1)), now: 12);

        Assert.Equal(30, rates.PerSecond("a", -1, now: 12));
        Assert.Equal(20, rates.PerSecond("a", 0, now: 12));
        Assert.Equal(10, rates.PerSecond("a", 1, now: 12));
        Assert.Equal(0.75, rates.BusyShare("a", 2, now: 12));
    }

    [Fact]
    public void Nodes_that_left_are_forgotten_and_what_is_not_known_is_null()
    {
        rates.Observe(View("a", new SlotLoad(1, 100, 1)), now: 0);
        rates.Observe(View("b", new SlotLoad(1, 100, 1)), now: 1);
        rates.Observe(View("b", new SlotLoad(1, 110, 2)), now: 2);
        Assert.Null(rates.PerSecond("a", -1, now: 2));
        Assert.Null(rates.BusyShare("a", 1, now: 2));
        Assert.Null(rates.BusyShare("b", 0, now: 2));
        Assert.Equal(1, rates.BusyShare("b", 1, now: 2));
    }

    private static EngineView View(string name, params SlotLoad[] slots) => new(
        [new NodeView(name, "host", 1, "thread", slots.Length, slots.Aggregate(default(SlotLoad), (sum, slot) => sum + slot), slots)], null, 0);
}
