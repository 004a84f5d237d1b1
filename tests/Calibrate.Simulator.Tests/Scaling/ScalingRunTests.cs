using Calibrate.Runtime.Coordination;
using Calibrate.Simulator.Scaling;

namespace Calibrate.Simulator.Tests.Scaling;

public class ScalingRunTests
{
    // Efficiencies of an ideal list scheduler against the barrier: 2.04, 2.6 and 4.9 times the throughput.
    [Theory]
    [InlineData(32, 8, 200, 1.8)]
    [InlineData(64, 32, 200, 2.4)]
    [InlineData(1024, 512, 20, 4.0)]
    public void The_dataflow_is_far_ahead_of_the_barrier_and_close_to_the_list_scheduler(int walkers, int slots, int iterations, double least)
    {
        var (ideal, dataflow, barrier) = ScalingStudy.Compare(new ScalingScenario(1, walkers, iterations, slots));
        Assert.True(dataflow.Throughput >= least * barrier.Throughput, $"only {dataflow.Throughput / barrier.Throughput:0.00} times the barrier");
        Assert.InRange(dataflow.Throughput / ideal.Throughput, 0.95, 1.01);
        Assert.Equal(ideal.Evaluations, dataflow.Evaluations);
    }

    [Fact]
    public void Latency_costs_slots_that_hold_nothing_ahead()
    {
        var near = new ScalingScenario(4, 64, 20, 20) { SlotsPerWorker = 10, HeldPerSlot = 1 };
        var far = near with { Latency = 0.005 };
        Assert.True(ScalingRun.Run(far).Efficiency < 0.8 * ScalingRun.Run(near).Efficiency);
        Assert.True(ScalingRun.Run(far with { HeldPerSlot = 2 }).Efficiency > 1.2 * ScalingRun.Run(far).Efficiency);
    }

    [Fact]
    public void A_coordinator_that_costs_something_is_the_ceiling()
    {
        var scenario = new ScalingScenario(4, 100, 10, 400) { SecondsPerAnswer = 0.001 };
        Assert.InRange(ScalingRun.Run(scenario).Throughput, 800, 1000);
    }

    [Fact]
    public void Every_slot_is_busy_when_there_is_work_enough()
    {
        var result = ScalingRun.Run(new ScalingScenario(8, 32, 50, 4) { Mode = ExecutionMode.Dataflow });
        Assert.InRange(result.Efficiency, 0.97, 1.0);
    }
}
