using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Simulation;

namespace Calibrate.Runtime.Tests.Cluster;

/// <summary>Messages and settings for tests of the cluster's two sides.</summary>
internal static class ClusterSamples
{
    public const string Build = "1.0 (modules 0123)";

    public static ModelFingerprint Model { get; } = new(new Fingerprint(new string('a', 64)));

    public static ModelFingerprint OtherModel { get; } = new(new Fingerprint(new string('b', 64)));

    public static WorkerId Ann { get; } = new("ann");

    public static WorkerId Bob { get; } = new("bob");

    public static WorkerSettings AnnSettings { get; } = new(Ann, "host-ann", 1, 2, "process", TestIdentity.Platform, Build);

    public static SessionId Session(long epoch = 1, string run = "run") => new(RunId.Parse(run), epoch);

    public static Offer Offer(long epoch = 1, string run = "run", ModelFingerprint? model = null, int canaries = 2) => new(
        Session(epoch, run),
        model ?? Model,
        new ProblemBundle(new ProblemSource("problem.yaml", "model: x", []), new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)),
        TestIdentity.Platform,
        Build,
        [.. Enumerable.Range(0, canaries).Select(i => new double[] { i, 1 })],
        new SlotLimits(null, null));

    public static FleetSettings Settings(IReadOnlyList<EvaluationOutcome>? reference = null) => new(Offer(), reference ?? [], "problem", 100, 0);

    /// <summary>The outcomes of canaries or evaluations as a good worker has them.</summary>
    public static Evaluated Value(double logLikelihood) => new(logLikelihood, []);

    public static Proof Proof(WorkerId worker, int slots = 2, long epoch = 1, params EvaluationOutcome[] canaries) => new(
        Session(epoch),
        worker,
        Model,
        TestIdentity.Platform,
        Build,
        slots,
        canaries.Length > 0 ? canaries : [Value(-1), Value(-2)],
        0.5,
        "");

    public static WorkerHere Here(WorkerId worker, params SessionId[] sessions) => new(
        worker, $"host-{worker}", 7, 2, "process", TestIdentity.Platform, Build, new WorkerLoad(0, 0, 0, 0), sessions);

    public static EvaluationRequest Request(int iteration, int walker = 0) => new(new EvaluationId(0, iteration, walker, 0), [iteration, walker]);

    public static DispatchBatch Batch(long number, params int[] iterations) => new(number, [.. iterations.Select(iteration => Request(iteration))]);

    public static Work Work(long batch, long epoch = 1, bool suspect = false, bool repeat = false, string run = "run") =>
        new(Session(epoch, run), Model, batch, [Request((int)Math.Abs(batch))], suspect, repeat);

    /// <summary>A good answer: every evaluation has minus its iteration as its log likelihood.</summary>
    public static WorkDone Done(WorkerId worker, long batch, params int[] iterations) =>
        DoneWith(worker, batch, [.. iterations.Select(iteration => (iteration, (EvaluationOutcome)Value(-iteration)))]);

    public static WorkDone DoneWith(WorkerId worker, long batch, params (int Iteration, EvaluationOutcome Outcome)[] outcomes) => new(
        Session(),
        batch,
        worker,
        [.. outcomes.Select(outcome => new SettledEvaluation(Request(outcome.Iteration).Id, outcome.Outcome))],
        [.. outcomes.Select(outcome => ParameterHash.Of(Request(outcome.Iteration).Parameters))],
        0.5,
        WorkReturn.None,
        Repeat: false);

    public static WorkDone Returned(WorkerId worker, long batch, WorkReturn why, params int[] iterations) =>
        DoneWith(worker, batch, [.. iterations.Select(iteration => (iteration, (EvaluationOutcome)new Lost("not evaluated")))]) with { Return = why, Elapsed = 0 };
}
