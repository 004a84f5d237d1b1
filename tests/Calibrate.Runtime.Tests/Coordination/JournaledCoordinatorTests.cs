using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Methods;
using Calibrate.Testing.Simulation;

namespace Calibrate.Runtime.Tests.Coordination;

public class JournaledCoordinatorTests
{
    private readonly RecordingWriter writer = new();
    private readonly JournaledCoordinator coordinator;
    private readonly RelayMethod method = new(1, ensembles: 1, walkers: 2);

    public JournaledCoordinatorTests() => coordinator = new JournaledCoordinator(method, null, writer);

    [Fact]
    public async Task A_disagreement_that_comes_with_the_completing_answers_pauses_the_run()
    {
        await BeginAsync();
        await coordinator.StepAsync([Answers(3, iteration: 1), Disagreement()], 2);
        Assert.Equal((RunStatus.Running, 1), (coordinator.State.Status, coordinator.State.CommonIteration));

        await coordinator.StepAsync([new EngineQuiet()], 3);
        Assert.Equal(RunStatus.Paused, coordinator.State.Status);
        Assert.Contains("w1 has log likelihood -1, w2 has log likelihood -2", coordinator.State.Reason, StringComparison.Ordinal);
        Assert.True(writer.Kinds.IndexOf(RunEventKind.DisagreementFound) < writer.Kinds.LastIndexOf(RunEventKind.WalkersAdvanced));

        // who looked at it and resumes gets the result
        await coordinator.StepAsync([new ResumeRun(TestIdentity.Platform, false, "test", "test"), new EngineReady(ExecutionMode.Dataflow, 2, 0.5)], 4);
        Assert.Equal(RunStatus.Completed, coordinator.State.Status);
    }

    [Fact]
    public async Task A_disagreement_outweighs_a_pause_that_was_asked_for_before()
    {
        await BeginAsync();
        await coordinator.StepAsync([new PauseRun("lunch"), Answers(3, iteration: 1), Disagreement(), new EngineQuiet()], 2);
        Assert.Equal(RunStatus.Paused, coordinator.State.Status);
        Assert.Contains("w1 has log likelihood -1", coordinator.State.Reason, StringComparison.Ordinal);
    }

    // Everything but the last iteration.
    private async Task BeginAsync()
    {
        await coordinator.StepAsync(
            [
                new StartRun(TestIdentity.Of(RunId.Parse("steps"), method), new StopRule(1), TestIdentity.Platform, "test"),
                new EngineReady(ExecutionMode.Dataflow, 2, 0.5),
            ],
            0);
        await coordinator.StepAsync([Answers(1, iteration: 0)], 1);
    }

    private static EvaluationsReturned Answers(long batch, int iteration) => new(
    [
        new BatchAnswer(batch, [new SettledEvaluation(new EvaluationId(0, iteration, 0, 0), new Evaluated(-1, []))], 0.5),
        new BatchAnswer(batch + 1, [new SettledEvaluation(new EvaluationId(0, iteration, 1, 0), new Evaluated(-1, []))], 0.5),
    ]);

    private static ResultsDisagreed Disagreement() => new(
        new EvaluationRequest(new EvaluationId(0, 0, 0, 0), [1.5, 2]), ("w1", new Evaluated(-1, [])), ("w2", new Evaluated(-2, [])));

    private sealed class RecordingWriter : IJournalWriter
    {
        public List<RunEventKind> Kinds { get; } = [];

        public RunId Run { get; } = RunId.Parse("steps");

        public long Epoch => 1;

        public long LastSequence => Kinds.Count;

        public Task AppendAsync(IReadOnlyList<JournalEvent> events, bool durable, CancellationToken cancellationToken = default)
        {
            Kinds.AddRange(events.Select(@event => (RunEventKind)@event.Kind));
            return Task.CompletedTask;
        }

        public Task SaveSnapshotAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
