using Calibrate.Problems.Methods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;

namespace Calibrate.Runtime.Tests.Engines;

public class ModeChoiceTests
{
    [Theory]
    [InlineData(8, 1, 1e-6, ExecutionMode.Blocks)] // cheap: always blocks
    [InlineData(8, 1, 0.0, ExecutionMode.Blocks)] // nothing to measure: the prior rejects everything
    [InlineData(8, 4, 0.002, ExecutionMode.Dataflow)] // slow, and slots would idle
    [InlineData(4, 4, 0.002, ExecutionMode.Blocks)] // an ensemble for every slot
    [InlineData(4, 4, 1.0, ExecutionMode.Dataflow)] // one iteration would take half a minute
    public void Auto_looks_at_speed_slots_and_ensembles(int slots, int ensembles, double seconds, ExecutionMode expected) =>
        Assert.Equal(expected, ModeChoice.Of(SchedulingKind.Auto, slots, ensembles, walkers: 32, seconds));

    [Theory]
    [InlineData(SchedulingKind.Kernel, ExecutionMode.Blocks)]
    [InlineData(SchedulingKind.Dataflow, ExecutionMode.Dataflow)]
    [InlineData(SchedulingKind.Barrier, ExecutionMode.Barrier)]
    public void What_is_asked_for_is_done(SchedulingKind asked, ExecutionMode expected)
    {
        Assert.Equal(expected, ModeChoice.Of(asked, 8, 1, 32, 100));
        Assert.Equal(expected, ModeChoice.Of(asked, 1, 8, 32, 1e-9));
    }
}
