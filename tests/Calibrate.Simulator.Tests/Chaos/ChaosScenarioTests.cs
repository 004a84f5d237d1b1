using Calibrate.Simulator.Chaos;

namespace Calibrate.Simulator.Tests.Chaos;

public class ChaosScenarioTests
{
    private static readonly ChaosScenario[] Scenarios = [.. Enumerable.Range(1, 1000).Select(seed => ChaosScenario.Of((ulong)seed))];

    [Fact]
    public void Every_fault_and_every_kind_of_worker_occurs_and_is_missing_in_many_seeds()
    {
        Assert.All(Enum.GetValues<ChaosFault>(), fault => Assert.InRange(Scenarios.Count(scenario => scenario.Faults.Contains(fault)), 200, 800));
        Assert.All(Enum.GetValues<WorkerKind>(), kind => Assert.InRange(Scenarios.Count(scenario => scenario.Workers.Contains(kind)), 20, 950));
        Assert.InRange(Scenarios.Count(scenario => scenario.Poison), 60, 200);
    }

    [Fact]
    public void The_first_worker_is_always_honest() =>
        Assert.All(Scenarios, scenario => Assert.True(scenario.Workers[0] is WorkerKind.ProcessSlots or WorkerKind.ThreadSlots));

    [Fact]
    public void Walkers_are_even_and_enough_for_every_move() =>
        Assert.All(Scenarios, scenario => Assert.True(scenario.Walkers % 2 == 0 && scenario.Walkers >= 6));
}
