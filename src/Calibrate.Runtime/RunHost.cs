using Calibrate.Inference;
using Calibrate.Inference.Initialisation;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Caching;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Hosting;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime;

/// <summary>
/// Runs problems: opens or creates the run's journal, drives the coordinator with an engine until the run ends, pauses or is
/// interrupted, and leaves behind a journal from which any process can go on.
/// </summary>
public sealed class RunHost
{
    private readonly IJournal journal;
    private readonly TimeProvider clock;
    private readonly RunHostParts parts;

    /// <summary>Creates a host with the local engine.</summary>
    /// <param name="journal">Where runs are kept.</param>
    /// <param name="clock">Time for blocks, progress and wall-time limits; it never decides the chain.</param>
    public RunHost(IJournal journal, TimeProvider clock)
        : this(journal, clock, RunHostParts.Default)
    {
    }

    /// <summary>Creates a host with an engine of the caller's choice.</summary>
    /// <param name="journal">Where runs are kept.</param>
    /// <param name="clock">Time for blocks, progress and wall-time limits; it never decides the chain.</param>
    /// <param name="makeEngine">Makes the engine of a session.</param>
    public RunHost(IJournal journal, TimeProvider clock, Func<RunRequest, TimeProvider, IEngine> makeEngine)
        : this(journal, clock, RunHostParts.Default with { MakeEngine = makeEngine })
    {
    }

    internal RunHost(IJournal journal, TimeProvider clock, RunHostParts parts)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(clock);
        this.journal = journal;
        this.clock = clock;
        this.parts = parts;
    }

    /// <summary>Starts a run or goes on with it, and returns when it ended, paused or was interrupted.</summary>
    /// <param name="request">What is to be run.</param>
    /// <param name="stop">
    /// Stops cleanly at the last iteration that all ensembles share: everything complete is journaled, and the result says
    /// <see cref="RunOutcome.Interrupted"/>.
    /// </param>
    /// <exception cref="RunRefusedException">What was asked is not possible; nothing was written.</exception>
    /// <exception cref="RunJournalException">The journal took no more events; the run can be resumed from where it ends.</exception>
    /// <exception cref="RunException">The session broke for another reason.</exception>
    /// <exception cref="JournalException">The journal cannot be opened: locked, damaged, of a later version.</exception>
    public async Task<RunResult> RunAsync(RunRequest request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        RunPlan.RefuseWhatMakesNoSense(request);
        await using var desk = new ControlDesk(request.Run, request.Control, clock);
        for (var current = request; ; current = Resumed(current))
        {
            if (await DriveAsync(current, desk, stop) is { } result)
            {
                return result;
            }
        }
    }

    // What was asked for at first is in the journal.
    private static RunRequest Resumed(RunRequest request) =>
        request with { Opening = RunOpening.Resume, Iterations = null, Seed = null, Takeover = false, StoodBy = false };

    // To resume a run in the process that paused it is the same as in another one: from the journal, in an epoch of its own, with a new engine.
    private async Task<RunResult?> DriveAsync(RunRequest request, ControlDesk desk, CancellationToken stop)
    {
        await using var engine = WithCache(request, parts.MakeEngine(request, clock));
        RunPlan.RefuseLimits(request.Problem, engine);
        var plan = await RunPlan.MakeAsync(journal, request, parts, clock, stop);
        await using var writer = await journal.AcquireAsync(
            request.Run,
            AcquireOptions.ForThisProcess(clock) with { CreateIfMissing = plan.IsNew, Takeover = request.Takeover },
            CancellationToken.None);
        var state = await RunRecovery.FoldAsync(journal, request.Run, plan.Method, CancellationToken.None);
        if (state is not null && !plan.IsOf(state.Identity))
        {
            throw new RunRefusedException(
                $"Another process started run '{request.Run}' while this one was getting ready. Repeat the command to go on with it.");
        }

        var opening = plan.Open(state, engine.Name);
        if (opening.AlreadyOver is { } over)
        {
            return over;
        }

        await desk.OpenAsync(stop);
        await using var session = new RunSession(journal, clock, plan, writer, state, engine, desk);
        return await session.RunAsync(opening.Commands, opening.Held, request.Observer, stop);
    }

    private IEngine WithCache(RunRequest request, IEngine engine) => request is { Cache: { } cache, Problem.Execution.Cache: true }
        ? new CachingEngine(engine, cache, new EvaluationKeys(request.Problem, BuildIdentity.Current, parts.Platform))
        : engine;
}

/// <summary>What a host is made of besides its journal and clock; tests put doubles here.</summary>
/// <param name="FindBestFit">Finds where the walkers of a request's problem start if they start from its best fit.</param>
/// <param name="MakeMethod">Turns a problem, a seed and the best fit, if it was found, into a method.</param>
/// <param name="MakeEngine">Makes the engine of a session.</param>
/// <param name="Platform">The platform of this process.</param>
/// <param name="DrawSeed">A seed from the host's entropy.</param>
internal sealed record RunHostParts(
    Func<RunRequest, ulong, double[]?> FindBestFit,
    Func<Problem, ulong, double[]?, IMethod> MakeMethod,
    Func<RunRequest, TimeProvider, IEngine> MakeEngine,
    HostPlatform Platform,
    Func<ulong> DrawSeed)
{
    public static RunHostParts Default { get; } = new(
        FindBestFitOf,
        MethodFactory.Create,
        (request, clock) => new LocalEngine(
            RunPlan.SlotsOf(request),
            SchedulingOf(request),
            clock,
            request.SlotProgram),
        HostPlatform.Current,
        HostEntropy.DrawSeed);

    // Blocks are evaluated out of sight of a cache.
    private static SchedulingKind SchedulingOf(RunRequest request) =>
        request.Cache is not null && request.Problem.Execution is { Cache: true, Scheduling: SchedulingKind.Auto }
            ? SchedulingKind.Dataflow
            : request.Problem.Execution.Scheduling;

    private static double[]? FindBestFitOf(RunRequest request, ulong seed)
    {
        using var likelihood = IsolatedLikelihood.Of(request.Problem, request.SlotProgram);
        return BestFit.Find(request.Problem.Space, likelihood, seed)?.Position;
    }
}
