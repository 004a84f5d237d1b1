using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests;

public class RunHostTests
{
    private static readonly RunId Run = RunId.Parse("hosted");

    private readonly InMemoryJournal journal = new();

    [Fact]
    public async Task A_run_completes_and_running_it_again_does_nothing()
    {
        var problem = TestProblems.Normal();
        var result = await Host().RunAsync(new RunRequest(Run, problem));
        Assert.Equal(new RunResult(RunOutcome.Completed, 200, "", CompletionReason.Iterations), result);

        var summary = await RunSummaries.MakeAsync(journal, Run, problem);
        Assert.Equal(200, summary.Iterations);
        Assert.Equal(2 * 16 * 200, summary.WalkerSteps);
        Assert.InRange(summary.Parameters[0].Value.Sd, 0.7, 1.4);

        var again = await Host().RunAsync(new RunRequest(Run, problem));
        Assert.Equal(new RunResult(RunOutcome.AlreadyCompleted, 200, "", CompletionReason.Iterations), again);
        Assert.Equal(summary.ChainHash, await RunHash.AtAsync(journal, Run));
    }

    [Theory]
    [InlineData(1, SchedulingKind.Kernel)]
    [InlineData(2, SchedulingKind.Auto)]
    [InlineData(8, SchedulingKind.Kernel)]
    [InlineData(1, SchedulingKind.Dataflow)]
    [InlineData(2, SchedulingKind.Dataflow)]
    [InlineData(8, SchedulingKind.Dataflow)]
    [InlineData(8, SchedulingKind.Barrier)]
    public async Task Slots_and_scheduling_do_not_change_the_chain(int slots, SchedulingKind scheduling)
    {
        var problem = TestProblems.FiveMoves;
        await Host().RunAsync(new RunRequest(RunId.Parse("reference"), problem) { Seed = 4, Slots = 1 });
        var other = problem.WithExecution(new ExecutionSpecification { Scheduling = scheduling });
        await Host().RunAsync(new RunRequest(Run, other) { Seed = 4, Slots = slots });

        Assert.Equal(await RunHash.AtAsync(journal, RunId.Parse("reference")), await RunHash.AtAsync(journal, Run));
    }

    [Fact]
    public async Task A_run_that_another_process_started_meanwhile_is_not_gone_on_with_under_our_seed()
    {
        var problem = TestProblems.Normal();
        problem = problem.WithMethod(problem.Method with { Seed = null });
        var late = new RunHost(journal, TimeProvider.System, RunHostParts.Default with
        {
            DrawSeed = () =>
            {
                Host().RunAsync(new RunRequest(Run, problem) { Seed = 1 }).GetAwaiter().GetResult();
                return 2;
            },
        });

        var refusal = await Assert.ThrowsAsync<RunRefusedException>(
            () => late.RunAsync(new RunRequest(Run, problem) { Iterations = 300 }));

        Assert.Contains("Another process started run 'hosted'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1ul, (await RunListing.ReadAsync(journal, Run)).Identity!.Seed);
    }

    [Fact]
    public async Task An_infinite_likelihood_fails_the_run_with_a_reason()
    {
        var result = await Host().RunAsync(new RunRequest(Run, TestProblems.Infinite));
        Assert.Equal(RunOutcome.Failed, result.Outcome);
        Assert.NotEqual("", result.Reason);
        Assert.Equal(RunOutcome.Failed, (await Host().RunAsync(new RunRequest(Run, TestProblems.Infinite))).Outcome);
    }

    [Fact]
    public async Task Another_problem_or_seed_is_refused_under_the_same_name()
    {
        await Host().RunAsync(new RunRequest(Run, TestProblems.FiveMoves) { Seed = 4 });

        var changed = await Assert.ThrowsAsync<ProblemChangedException>(() => Host().RunAsync(new RunRequest(Run, TestProblems.RandomSearch)));
        Assert.NotEmpty(changed.Differences);
        var seed = await Assert.ThrowsAsync<RunRefusedException>(() => Host().RunAsync(new RunRequest(Run, TestProblems.FiveMoves) { Seed = 5 }));
        Assert.Contains("seed 4, not 5", seed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_on_a_problem_without_a_file_are_refused_and_nothing_is_written()
    {
        var limited = TestProblems.FiveMoves.WithExecution(new ExecutionSpecification { Timeout = TimeSpan.FromSeconds(1) });
        var refused = await Assert.ThrowsAsync<RunRefusedException>(() => Host().RunAsync(new RunRequest(Run, limited)));
        Assert.Contains("which was built in code", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RunNotFoundException>(() => Host().RunAsync(
            new RunRequest(Run, TestProblems.FiveMoves) { Opening = RunOpening.Resume }));
        Assert.Empty(await journal.ListAsync());
    }

    [Fact]
    public async Task A_journal_that_takes_no_more_stops_the_run_and_it_can_be_resumed()
    {
        var store = new InMemoryStore { LoseNextAppend = true };
        var failing = new RunHost(new InMemoryJournal(store), TimeProvider.System);
        var problem = TestProblems.Normal();
        await Assert.ThrowsAsync<RunJournalException>(() => failing.RunAsync(new RunRequest(Run, problem)));

        Assert.Equal(RunOutcome.Completed, (await failing.RunAsync(new RunRequest(Run, problem))).Outcome);
        await Host().RunAsync(new RunRequest(Run, problem));
        Assert.Equal(await RunHash.AtAsync(journal, Run), await RunHash.AtAsync(new InMemoryJournal(store), Run));
    }

    [Fact]
    public async Task Verification_evaluates_points_again_and_finds_nothing()
    {
        var problem = TestProblems.Normal();
        await Host().RunAsync(new RunRequest(Run, problem));
        var verified = await RunVerifier.VerifyAsync(journal, Run, problem, sample: 50, sampleSeed: 1);
        Assert.True(verified.Intact);
        Assert.Equal(50, verified.Evaluated);
        Assert.Equal(await RunHash.AtAsync(journal, Run), verified.ChainHash);
    }

    private RunHost Host() => new(journal, TimeProvider.System);
}
