using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;
using Calibrate.Testing.Simulation;

namespace Calibrate.Runtime.Tests.Coordination;

/// <summary>Outcomes that a fold must get along with: those beside one that ends a chain, and those far beyond the one before.</summary>
public class RunFoldTests
{
    private static readonly Evaluated Fine = new(-1, []);
    private static readonly RunId Run = RunId.Parse("fold");

    private readonly List<EvaluationRequest> open = [];
    private readonly List<RunEvent> events = [];

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(15)]
    public void An_infinite_likelihood_among_other_outcomes_fails_the_run(int at)
    {
        var (coordinator, method) = Start(TestProblems.Infinite);
        Assert.Equal(16, open.Count);
        ModelFailed infinite = new(ModelFailureKind.PositiveInfinity, "inf");
        Answer(coordinator, [.. open.Select((request, i) => new SettledEvaluation(request.Id, i == at ? infinite : Fine))]);
        AssertFailed(coordinator, method, $"Ensemble {at / 8}, iteration 0, walker {at % 8}");
    }

    [Fact]
    public void The_last_initial_attempt_of_many_walkers_at_once_fails_the_run()
    {
        var (coordinator, method) = Start(TestProblems.Normal());
        ModelFailed broken = new(ModelFailureKind.Exception, "broken");
        for (var attempt = 0; attempt < 100; attempt++)
        {
            Assert.Equal(RunStatus.Running, coordinator.State.Status);
            Assert.Equal(32, open.Count);
            Answer(coordinator, [.. open.Select(request => new SettledEvaluation(request.Id, broken))]);
        }

        AssertFailed(coordinator, method, "none of 100 initial positions");
    }

    [Fact]
    public void A_degenerate_start_fails_the_run_when_outcomes_ran_ahead_of_it()
    {
        var (coordinator, method) = Start(TestProblems.Degenerate);
        var last = open[^1];
        Answer(coordinator, [.. open.SkipLast(1).Select(request => new SettledEvaluation(request.Id, Fine))]);
        var ahead = open.Where(request => request != last).ToList();
        Assert.True(ahead.Count > 3, "nothing runs ahead of the initial ensemble");
        Answer(coordinator, [new(ahead[0].Id, Fine)]);
        Answer(coordinator, [new(last.Id, Fine), .. ahead.Skip(1).Select(request => new SettledEvaluation(request.Id, Fine))]);
        AssertFailed(coordinator, method, "Ensemble 0 starts in a subspace");
    }

    [Fact]
    public void An_outcome_that_nobody_awaits_is_an_error()
    {
        var (_, method) = Start(TestProblems.Normal());
        var fold = new RunFold(method);
        events.ForEach(@event => fold.Evolve(@event));
        var exception = Assert.Throws<InvalidDataException>(
            () => fold.Evolve(new WalkersAdvanced([new SettledEvaluation(new EvaluationId(0, 5, 0, 0), Fine)], 1)));
        Assert.Contains("does not await", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The live ensemble passes iterations without an evaluation when it looks for work; a journal tells of no such thing.</summary>
    [Theory]
    [InlineData(ExecutionMode.Dataflow)]
    [InlineData(ExecutionMode.Barrier)]
    public async Task A_run_whose_prior_rejected_hundreds_of_iterations_in_a_row_can_be_resumed(ExecutionMode mode)
    {
        const int iterations = 3000;
        var problem = TestProblems.Stuck;
        var reference = MethodFactory.Create(problem, seed: 1).Create(0);
        reference.Advance(problem.Likelihood.Create(), iterations, AdvanceLimits.None);
        var block = reference.PeekBlock();
        Assert.True(block.Evaluations < iterations / 64, $"{block.Evaluations} evaluations");

        for (var seed = 1; seed <= 4; seed++)
        {
            var journal = new InMemoryJournal();
            var mischief = new Random(seed);
            var simulation = new SimulatedRun(journal, Run, MethodFactory.Create(problem, seed: 1), problem.Likelihood, seed)
            {
                StopRule = new StopRule(iterations),
                Modes = [mode],
                CrashesAfter = _ => mischief.Next(3) == 0,
            };
            Assert.Equal(RunStatus.Completed, (await simulation.ToEndAsync()).Status);
            Assert.True(simulation.Sessions > 1, "the run never crashed");
            Assert.Equal(RunHash.Of(iterations, [reference.Digest.First, reference.Digest.Second]), await RunHash.AtAsync(journal, Run));
        }
    }

    private (Coordinator Coordinator, IMethod Method) Start(Problem problem)
    {
        var method = MethodFactory.Create(problem, seed: 1);
        var coordinator = new Coordinator(method);
        coordinator.Evolved += new FoldCheck(method, null, enabled: true, new Random(1)).Check;
        coordinator.Evolved += (@event, _) => events.Add(@event);
        coordinator.Handle(new StartRun(TestIdentity.Of(Run, method), new StopRule(100), TestIdentity.Platform, "test"), 0);
        coordinator.Handle(new EngineReady(ExecutionMode.Dataflow, 10_000, 1), 0);
        Collect(coordinator);
        return (coordinator, method);
    }

    private void Answer(Coordinator coordinator, SettledEvaluation[] outcomes)
    {
        coordinator.Handle(new EvaluationsReturned([new BatchAnswer(0, outcomes, 1)]), 0.5);
        open.RemoveAll(request => Array.Exists(outcomes, settled => settled.Id == request.Id));
        Collect(coordinator);
    }

    private void Collect(Coordinator coordinator) =>
        open.AddRange(coordinator.Plan(0.5).OfType<DispatchBatch>().SelectMany(batch => batch.Requests));

    // Also in a replay, and again from a snapshot taken at the end.
    private void AssertFailed(Coordinator coordinator, IMethod method, string reason)
    {
        Assert.Equal(RunStatus.Failed, coordinator.State.Status);
        Assert.Contains(reason, coordinator.State.Reason, StringComparison.Ordinal);
        var replay = new RunFold(method);
        events.ForEach(@event => replay.Evolve(@event));
        var snapshot = RunSnapshotCodec.Write(coordinator.State, method);
        Assert.Equal(snapshot, RunSnapshotCodec.Write(replay.State, method));
        var refusals = RunSnapshotCodec.Read(snapshot).Ensembles.Select(ensemble => ensemble.Awaken(method).Refusal).OfType<string>();
        Assert.Equal(coordinator.State.Reason, refusals.First());
    }
}
