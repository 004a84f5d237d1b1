using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Likelihoods;
using Calibrate.Testing.Methods;
using Calibrate.Testing.Simulation;

namespace Calibrate.Runtime.Tests.Coordination;

/// <summary>The coordinator with a test method on an engine that shuffles, delays, duplicates and loses; no real time, no threads.</summary>
public class SimulatedRunTests
{
    private static readonly RunId Run = RunId.Parse("simulated");
    private static readonly RelayMethod Method = new(seed: 7, ensembles: 3, walkers: 6, thin: 7);

    private static async Task<string> HashAsync(Func<InMemoryJournal, SimulatedRun> make, int? iteration = null)
    {
        var journal = new InMemoryJournal();
        var simulation = make(journal);
        var state = await simulation.ToEndAsync();
        Assert.Equal(RunStatus.Completed, state.Status);
        Assert.Empty(simulation.Repeated);
        return await RunHash.AtAsync(journal, Run, iteration);
    }

    private static SimulatedRun Simulate(InMemoryJournal journal, int seed) =>
        new(journal, Run, Method, FunctionLikelihood.FailingNormal, seed);

    private static Task<string> ReferenceAsync() =>
        HashAsync(journal => new SimulatedRun(journal, Run, Method, FunctionLikelihood.FailingNormal, 0) { Modes = [ExecutionMode.Blocks] });

    [Theory]
    [InlineData(ExecutionMode.Blocks)]
    [InlineData(ExecutionMode.Dataflow)]
    [InlineData(ExecutionMode.Barrier)]
    public async Task Every_mode_and_every_mischief_gives_the_same_chain(ExecutionMode mode)
    {
        var expected = await ReferenceAsync();
        for (var seed = 1; seed <= 5; seed++)
        {
            var slots = seed switch { 1 => 1, 2 => 2, _ => 8 };
            Assert.Equal(expected, await HashAsync(journal =>
                new SimulatedRun(journal, Run, Method, FunctionLikelihood.FailingNormal, seed) { Modes = [mode], Slots = slots }));
        }
    }
}
