using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Likelihoods;
using Calibrate.Testing.Methods;
using Calibrate.Testing.Simulation;

namespace Calibrate.Runtime.Tests.Coordination;

/// <summary>Writes down what a coordinator is told (<c>&gt;</c>), what it decides, and what it wants done (<c>do:</c>).</summary>
internal sealed class Transcript
{
    private static readonly FunctionLikelihood Likelihood = new(2, point => -(point[0] * point[0]) - (point[1] * point[1]));

    private readonly RelayMethod method;
    private readonly Coordinator coordinator;
    private readonly List<string> lines = [];
    private readonly Dictionary<int, IEnsemble> ensembles = [];
    private readonly bool showsWakes;

    public Transcript(RelayMethod method, VerdictRules? verdicts = null, bool showsWakes = false)
    {
        this.method = method;
        this.showsWakes = showsWakes;
        coordinator = new Coordinator(method, null, verdicts);
        coordinator.Evolved += new FoldCheck(method, null, enabled: true, new Random(1)).Check;
    }

    public RunState State => coordinator.State;

    public StartRun Start(StopRule rule) =>
        new(TestIdentity.Of(RunId.Parse("transcript"), method), rule, TestIdentity.Platform, "test");

    public ResumeRun Resume() => new(TestIdentity.Platform, false, "test", "test");

    /// <summary>The block an engine would return after running an ensemble further.</summary>
    public BlockReturned Block(int ensemble, int to)
    {
        if (!ensembles.TryGetValue(ensemble, out var live))
        {
            ensembles[ensemble] = live = method.Create(ensemble);
        }

        live.Advance(Likelihood, to, AdvanceLimits.None);
        var block = live.PeekBlock();
        live.DropBlock();
        return new BlockReturned(block);
    }

    /// <summary>An answer with a value for each (iteration, walker) of ensemble 0.</summary>
    public EvaluationsReturned Answer(long batch, params (int Iteration, int Walker)[] ids) => new(
        [new BatchAnswer(batch, [.. ids.Select(id => new SettledEvaluation(new EvaluationId(0, id.Iteration, id.Walker, 0), new Evaluated(-1, [])))], 0.5)]);

    /// <summary>An answer with one outcome for each (iteration, walker) of ensemble 0.</summary>
    public EvaluationsReturned Answer(long batch, EvaluationOutcome outcome, params (int Iteration, int Walker)[] ids) => new(
        [new BatchAnswer(batch, [.. ids.Select(id => new SettledEvaluation(new EvaluationId(0, id.Iteration, id.Walker, 0), outcome))], 0.5)]);

    public void Feed(double now, params RunCommand[] commands)
    {
        foreach (var command in commands)
        {
            lines.Add("> " + Describe(command));
            lines.AddRange(coordinator.Handle(command, now).Select(@event => "  " + Describe(@event)));
            lines.AddRange(coordinator.Plan(now).Where(effect => showsWakes || effect is not WakeAt).Select(effect => "  do: " + Describe(effect)));
        }
    }

    public void AssertIs(string expected) => Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', lines));

    private static string Describe(RunCommand command) => command switch
    {
        EngineReady ready => $"EngineReady {ready.Mode}",
        BlockReturned { Block: var block } => $"BlockReturned {block.Ensemble} ({block.From}, {block.To}]",
        EvaluationsReturned returned => "EvaluationsReturned " + Describe(returned.Answers.SelectMany(answer => answer.Outcomes).Select(settled => settled.Id)),
        ConvergenceReturned judged => $"ConvergenceReturned {judged.Iteration}",
        SlotsChanged changed => $"SlotsChanged {changed.Slots}",
        WorkerAdmitted admitted => $"WorkerAdmitted {admitted.Worker}",
        WorkerLost lost => $"WorkerLost {lost.Worker}",
        WorkerTurnedAway turned => $"WorkerTurnedAway {turned.Worker}",
        _ => command.GetType().Name,
    };

    private static string Describe(RunEvent @event) => @event switch
    {
        IterationsAdvanced { Block: var block } => $"IterationsAdvanced {block.Ensemble} ({block.From}, {block.To}]",
        WalkersAdvanced walkers => "WalkersAdvanced " + Describe(walkers.Outcomes.Select(settled => settled.Id)),
        ConvergenceJudged judged => $"ConvergenceJudged {judged.Iteration} {judged.Converged}",
        RunPaused paused => $"RunPaused at {paused.Iteration}: {paused.Reason}",
        WorkerJoined joined => $"WorkerJoined {joined.Worker}: {joined.Description}",
        WorkerLeft left => $"WorkerLeft {left.Worker}: {left.Reason}",
        WorkerRefused refused => $"WorkerRefused {refused.Worker}: {refused.Reason}",
        CanariesRecorded canaries => $"CanariesRecorded {canaries.Outcomes.Count}",
        VerdictReached verdict => $"VerdictReached ({verdict.Id.Iteration}, {verdict.Id.Walker}) {verdict.Kind}{(verdict.Rejected ? ", rejected" : "")}",
        DisagreementFound found => $"DisagreementFound ({found.Id.Iteration}, {found.Id.Walker}) {found.FirstWorker} {found.SecondWorker}",
        RunCompleted completed => $"RunCompleted {completed.Reason} at {completed.Iteration}",
        _ => @event.GetType().Name,
    };

    private static string Describe(RunEffect effect) => effect switch
    {
        DispatchBatch batch => $"dispatch {batch.Batch}{(batch.Suspect ? " (suspect)" : "")}: {Describe(batch.Requests.Select(request => request.Id))}",
        RunBlocks run => $"run ensemble {run.Ensemble} to {run.To}",
        JudgeConvergence judge => $"judge {judge.Iteration}",
        CancelWork => "cancel",
        AnswersJournaled journaled => $"journaled {string.Join(", ", journaled.Batches)}",
        WakeAt wake => FormattableString.Invariant($"wake at {wake.Seconds:0.###}"),
        _ => effect.GetType().Name,
    };

    private static string Describe(IEnumerable<EvaluationId> ids) => string.Join(", ", ids.Select(id => $"({id.Iteration}, {id.Walker})"));
}
