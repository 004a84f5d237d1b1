using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Hosting;

/// <summary>What a session does for engines whose workers are elsewhere.</summary>
public class RunSessionTests
{
    private static readonly RunId Run = RunId.Parse("session");
    private static readonly EvaluationId Slow = new(0, 3, 5, 0);

    private readonly InMemoryJournal journal = new();
    private readonly Problem problem = TestProblems.Normal();

    [Fact]
    public async Task The_journal_names_the_engine_and_the_engine_is_disposed()
    {
        var engine = new ScriptedEngine();
        Assert.Equal(RunOutcome.Completed, (await RunAsync(engine)).Outcome);
        Assert.Equal("scripted", (await RunSummaries.MakeAsync(journal, Run, problem)).Engine);
        Assert.True(engine.Disposals > 0);
        Assert.Equal(await ReferenceHashAsync(), await RunHash.AtAsync(journal, Run));
    }

    [Fact]
    public async Task Answers_are_in_the_journal_before_the_engine_hears_so()
    {
        Dictionary<long, EvaluationId> dispatched = [];
        List<EvaluationId> missing = [];
        var confirmed = 0;
        var engine = new ScriptedEngine
        {
            OnPerform = effect =>
            {
                if (effect is DispatchBatch batch)
                {
                    dispatched[batch.Batch] = batch.Requests[0].Id;
                }
                else if (effect is AnswersJournaled journaled)
                {
                    confirmed += journaled.Batches.Count;
                    var settled = SettledAsync().GetAwaiter().GetResult();
                    missing.AddRange(journaled.Batches.Select(number => dispatched[number]).Where(id => !settled.Contains(id)));
                }
            },
        };
        await RunAsync(engine, iterations: 20);
        Assert.Empty(missing);
        Assert.Equal(dispatched.Count, confirmed);
    }

    [Fact]
    public async Task Canaries_of_one_session_are_the_reference_of_the_next()
    {
        EvaluationOutcome[] canaries = [new Evaluated(-1.5, []), new ModelFailed(ModelFailureKind.Exception, "canary")];
        await RunAsync(new ScriptedEngine { Announces = [new CanariesComputed(canaries)] }, iterations: 20);
        var second = new ScriptedEngine();
        await RunAsync(second, iterations: 40);
        Assert.Equivalent(canaries, second.Work!.CanaryReference, strict: true);
        Assert.Equal(2, second.Work.Session.Epoch);
    }

    [Fact]
    public async Task Slots_that_are_announced_before_the_engine_is_ready_count()
    {
        var engine = new ScriptedEngine { Ready = new EngineReady(ExecutionMode.Dataflow, 0, 0), Announces = [new SlotsChanged(200, 0)] };
        Assert.Equal(RunOutcome.Completed, (await RunAsync(engine)).Outcome);
    }

    [Fact]
    public async Task A_verdict_pauses_the_run_and_resuming_tries_again()
    {
        var paused = await RunAsync(new ScriptedEngine { Instead = request => request.Id == Slow ? new ResourceExceeded(ResourceKind.Time, "killed") : null });
        Assert.Equal(RunOutcome.Paused, paused.Outcome);
        Assert.Contains("Ensemble 0, iteration 3, walker 5 exceeded its time limit", paused.Reason, StringComparison.Ordinal);

        var engine = new ScriptedEngine();
        Assert.Equal(RunOutcome.Completed, (await RunAsync(engine)).Outcome);
        Assert.Contains(engine.Performed.OfType<DispatchBatch>(), batch => batch.Requests.Any(request => request.Id == Slow));
        Assert.Equal(await ReferenceHashAsync(), await RunHash.AtAsync(journal, Run));
        var summary = await RunSummaries.MakeAsync(journal, Run, problem);
        Assert.Equal((0, 1), (summary.Verdicts.Rejected, summary.Verdicts.Paused));
    }

    [Fact]
    public async Task A_rejected_verdict_is_a_failure_that_the_summary_tells_of()
    {
        var rejecting = problem.WithExecution(new ExecutionSpecification { Verdicts = VerdictPolicy.Reject });
        var engine = new ScriptedEngine { Instead = request => request.Id == Slow ? new ResourceExceeded(ResourceKind.Memory, "killed") : null };
        Assert.Equal(RunOutcome.Completed, (await RunAsync(engine, rejecting)).Outcome);
        var summary = await RunSummaries.MakeAsync(journal, Run, problem);
        Assert.Equal((1, 0), (summary.Verdicts.Rejected, summary.Verdicts.Paused));
        Assert.Equal(1, summary.Failures["Memory"]);
        var json = RunSummaryJson.ToText(summary);
        Assert.Contains("\"failures\":{\"Memory\":1},\"verdicts\":{\"Memory\":{\"rejected\":1,\"paused\":0}}", json, StringComparison.Ordinal);

        // what was journaled is never decided again
        Assert.Equal(RunOutcome.Completed, (await RunAsync(new ScriptedEngine(), rejecting, iterations: 240)).Outcome);
        Assert.Equal(1, (await RunSummaries.MakeAsync(journal, Run, problem)).Verdicts.Rejected);
    }

    [Fact]
    public async Task Refusals_and_disagreements_are_where_the_operator_looks()
    {
        EvaluationRequest request = new(Slow, [1, 2]);
        var engine = new ScriptedEngine
        {
            Announces =
            [
                new WorkerAdmitted(new WorkerId("w1"), "host, 2 slots", 2), new WorkerTurnedAway(new WorkerId("w2"), "another build"),
                new ResultsDisagreed(request, ("w1", new Evaluated(-1, [])), ("w3", new Evaluated(-2, []))),
            ],
        };
        var result = await RunAsync(engine);
        Assert.Equal(RunOutcome.Paused, result.Outcome);
        Assert.Contains("Two workers computed different results", result.Reason, StringComparison.Ordinal);

        await RunAsync(new ScriptedEngine());
        var summary = await RunSummaries.MakeAsync(journal, Run, problem);
        Assert.Equal((1, 1, 0), (summary.Disagreements, summary.Workers.RefusalCount, summary.Workers.Admitted.Count));
        Assert.Contains(
            "\"refusals\":{\"count\":1,\"last\":[{\"worker\":\"w2\",\"reason\":\"another build\"}]},\"disagreements\":1",
            RunSummaryJson.ToText(summary),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_nobody_answers_for_is_repeated_and_the_engine_is_told_how_the_run_stands()
    {
        var swallowed = 0;
        var engine = new ScriptedEngine { Swallows = batch => batch.Batch > 150 && batch.Requests.Count > 0 && swallowed++ == 0 };
        var observer = new Observer();
        Assert.Equal(RunOutcome.Completed, (await RunAsync(engine, observer: observer)).Outcome);
        Assert.True(swallowed > 1);
        Assert.Equal(await ReferenceHashAsync(), await RunHash.AtAsync(journal, Run));
        Assert.Equal(3, observer.Last!.Slots);
        Assert.NotEmpty(engine.Reports);
        Assert.All(engine.Reports, report => Assert.InRange(report.UsefulSlots, 0, 32));
    }

    private async Task<RunResult> RunAsync(IEngine engine, Problem? other = null, int? iterations = null, IRunObserver? observer = null) =>
        await new RunHost(journal, TimeProvider.System, (_, _) => engine).RunAsync(
            new RunRequest(Run, other ?? problem) { Iterations = iterations, Observer = observer });

    private async Task<string> ReferenceHashAsync()
    {
        var reference = RunId.Parse("reference");
        await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(reference, problem) { Slots = 1 });
        return await RunHash.AtAsync(journal, reference);
    }

    private async Task<HashSet<EvaluationId>> SettledAsync()
    {
        HashSet<EvaluationId> settled = [];
        await foreach (var entry in journal.ReadAsync(Run))
        {
            if (RunEventCodec.Decode(entry.Kind, entry.Payload) is WalkersAdvanced walkers)
            {
                settled.UnionWith(walkers.Outcomes.Select(outcome => outcome.Id));
            }
        }

        return settled;
    }

    private sealed class Observer : IRunObserver
    {
        public RunProgress? Last { get; private set; }

        public void OnBegin(RunBeginning beginning)
        {
        }

        public void OnProgress(RunProgress progress) => Last = progress;
    }
}
