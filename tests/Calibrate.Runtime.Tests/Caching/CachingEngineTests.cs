using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Caching;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Tests.Hosting;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Caching;

/// <summary>What becomes of single batches.</summary>
public sealed class CachingEngineTests
{
    private static readonly Problem Problem = new ConjugateProblem { Record = null }.Build();

    private readonly MemoryCache cache = new();
    private readonly EvaluationKeys keys = new(Problem, "build", HostPlatform.Current);
    private readonly Answers answers = new();

    [Fact]
    public async Task A_batch_that_is_partly_known_is_answered_for_both_parts_exactly_once()
    {
        var inner = new ScriptedEngine();
        var engine = await PrepareAsync(inner);
        cache.Store(keys.Of([1]), new Evaluated(-77, []));

        engine.Perform(Batch(1, 0, 1, 2));

        var answer = Assert.Single(answers.Batches);
        Assert.Equal(1, answer.Batch);
        Assert.Equal([0, 1, 2], answer.Outcomes.Select(settled => settled.Id.Walker).Order());
        Assert.Equal(-77, LogLikelihood(answer, 1));
        Assert.NotEqual(-77, LogLikelihood(answer, 0));
        Assert.Equal([0, 2], Assert.Single(inner.Performed.OfType<DispatchBatch>()).Requests.Select(request => request.Id.Walker));
        Assert.Equal((1, 2), (engine.Hits, engine.Misses));

        // 1e-4 s for two evaluations is as much each as 1.5e-4 s for three.
        Assert.Equal(1.5e-4, answer.Elapsed, 1e-12);
    }

    [Fact]
    public async Task A_batch_that_is_known_never_reaches_the_engine()
    {
        var inner = new ScriptedEngine();
        var engine = await PrepareAsync(inner);
        engine.Perform(Batch(1, 0, 1));
        engine.Perform(Batch(2, 1, 0));
        engine.Perform(new AnswersJournaled([1, 2]));
        engine.Perform(new AnswersJournaled([2]));

        Assert.Equal([1, 2], answers.Batches.Select(answer => answer.Batch));
        Assert.Equal(LogLikelihood(answers.Batches[0], 1), LogLikelihood(answers.Batches[1], 1));
        Assert.Equal(0, answers.Batches[1].Elapsed);
        Assert.Equal([1], inner.Performed.OfType<DispatchBatch>().Select(batch => batch.Batch));
        Assert.Equal([1], inner.Performed.OfType<AnswersJournaled>().First().Batches);
    }

    [Fact]
    public async Task Failures_are_kept_and_verdicts_and_losses_are_not()
    {
        EvaluationOutcome?[] told =
        [
            new Lost("gone"), new ResourceExceeded(ResourceKind.Time, "slow"), new ResourceExceeded(ResourceKind.Crash, "dead"),
            new ModelFailed(ModelFailureKind.NonZeroExit, "exit 3"), null,
        ];
        var inner = new ScriptedEngine { Instead = request => told[request.Id.Walker] };
        var engine = await PrepareAsync(inner);

        engine.Perform(Batch(1, 0, 1, 2, 3, 4));

        Assert.Equal(5, Assert.Single(answers.Batches).Outcomes.Count);
        Assert.Equal([false, false, false, true, true], told.Select((_, i) => cache.Find(keys.Of([i])) is not null));
        Assert.Equal(told[3], cache.Find(keys.Of([3])));
    }

    [Fact]
    public async Task What_is_known_needs_no_trial_run()
    {
        cache.Store(keys.Of([1]), new Evaluated(-77, []));
        var inner = new ScriptedEngine();

        await PrepareAsync(inner, [.. Batch(1, 0, 1, 2).Requests]);

        Assert.Equal([0, 2], inner.Work!.Probes.Select(probe => probe.Id.Walker));
    }

    [Fact]
    public async Task Other_answers_and_effects_pass_unchanged()
    {
        var inner = new ScriptedEngine();
        var engine = await PrepareAsync(inner);
        var elsewhere = new BatchAnswer(-4, [new SettledEvaluation(new EvaluationId(0, 0, 9, 0), new Lost("gone"))], 1);

        Assert.True(inner.Work!.Answers.Post(new EvaluationsReturned([elsewhere])));
        engine.Perform(new CancelWork());
        await engine.DisposeAsync();

        Assert.Same(elsewhere, Assert.Single(answers.Batches));
        Assert.IsType<EngineQuiet>(answers.Commands[^1]);
        Assert.Equal(("scripted", 1), (engine.Name, inner.Disposals));
    }

    private static DispatchBatch Batch(long number, params int[] walkers) =>
        new(number, [.. walkers.Select(walker => new EvaluationRequest(new EvaluationId(0, 0, walker, 0), [walker]))]);

    private static double LogLikelihood(BatchAnswer answer, int walker) =>
        Assert.IsType<Evaluated>(answer.Outcomes.Single(settled => settled.Id.Walker == walker).Outcome).LogLikelihood;

    private async Task<CachingEngine> PrepareAsync(ScriptedEngine inner, EvaluationRequest[]? probes = null)
    {
        var engine = new CachingEngine(inner, cache, keys);
        var method = MethodFactory.Create(Problem, 1, null);
        await engine.PrepareAsync(
            new EngineWork(method, Problem.Likelihood, probes ?? [], answers, Problem, new SessionId(RunId.Parse("cached"), 1), []), CancellationToken.None);
        return engine;
    }

    private sealed class Answers : ICommandSink
    {
        public List<RunCommand> Commands { get; } = [];

        public List<BatchAnswer> Batches => [.. Commands.OfType<EvaluationsReturned>().SelectMany(returned => returned.Answers)];

        public bool Post(RunCommand command)
        {
            Commands.Add(command);
            return true;
        }

        public void PostUrgent(RunCommand command) => Commands.Add(command);

        public void Fault(Exception exception) => throw exception;
    }
}
