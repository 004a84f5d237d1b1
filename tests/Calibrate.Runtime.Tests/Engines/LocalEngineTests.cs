using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Runtime.Tests.Slots;
using Calibrate.Testing.Journals;

namespace Calibrate.Runtime.Tests.Engines;

/// <summary>Whole runs on slots that are real processes.</summary>
public class LocalEngineTests
{
    private static readonly RunId Run = RunId.Parse("isolated");

    private readonly InMemoryJournal journal = new();

    [Theory]
    [InlineData("none")]
    [InlineData("nan")]
    public async Task Processes_make_the_chain_that_threads_make(string fault)
    {
        var threads = new InMemoryJournal();
        Assert.Equal(RunOutcome.Completed, (await RunAsync(threads, fault, new ExecutionSpecification { Slots = 2 })).Outcome);
        Assert.Equal(RunOutcome.Completed, (await RunAsync(journal, fault, new ExecutionSpecification { Slots = 2, Isolation = IsolationKind.Process })).Outcome);
        Assert.Equal(await RunHash.AtAsync(threads, Run), await RunHash.AtAsync(journal, Run));
    }

    [Fact]
    public async Task A_point_that_takes_too_long_pauses_the_run_and_is_shown()
    {
        var paused = await RunAsync(journal, "loop", new ExecutionSpecification { Slots = 2, Timeout = TimeSpan.FromSeconds(2) });
        Assert.Equal(RunOutcome.Paused, paused.Outcome);
        Assert.Contains("time limit of 2 s", paused.Reason, StringComparison.Ordinal);
        Assert.Contains("x1 = ", paused.Reason, StringComparison.Ordinal);
    }

    private static Task<RunResult> RunAsync(InMemoryJournal journal, string fault, ExecutionSpecification execution)
    {
        Problem problem = ChildPrograms.Faulty(fault)
            .WithMethod(new EnsembleSpecification { Ensembles = 2, Walkers = 8, Iterations = 20, Seed = 1 })
            .WithExecution(execution);
        return new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(Run, problem) { SlotProgram = ChildPrograms.TestHost });
    }
}
