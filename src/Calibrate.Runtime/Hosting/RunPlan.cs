using System.Globalization;
using System.Reflection;
using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Hosting;

/// <summary>
/// A request, checked against what the journal already says of the run. Everything that can be refused is refused here, before anything
/// is written.
/// </summary>
internal sealed class RunPlan
{
    private readonly RunHostParts parts;
    private readonly RunIdentity runIdentity;
    private readonly bool platformDiffers;

    private RunPlan(RunRequest request, RunHostParts parts, IMethod method, RunIdentity identity, bool isNew, bool platformDiffers)
    {
        Request = request;
        this.parts = parts;
        runIdentity = identity;
        this.platformDiffers = platformDiffers;
        Method = method;
        IsNew = isNew;
    }

    public RunRequest Request { get; }

    public IMethod Method { get; }

    public bool IsNew { get; }

    /// <summary>Version of this build of Calibrate.</summary>
    public static string Version { get; } =
        typeof(RunPlan).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static int SlotsOf(RunRequest request) =>
        request.Slots ?? request.Problem.Execution.Slots ?? Environment.ProcessorCount;

    public static async Task<RunPlan> MakeAsync(
        IJournal journal, RunRequest request, RunHostParts parts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = await ReadStartAsync(journal, request.Run, cancellationToken);
        if (started is null && request.Opening == RunOpening.Resume)
        {
            throw new RunNotFoundException($"There is no run '{request.Run}' to resume. `calibrate runs list` shows what there is.");
        }

        var plan = started is null ? New(request, parts, clock) : Existing(request, parts, started);
        if (plan.IsNew)
        {
            plan.RefuseDegenerateStart();
        }

        return plan;
    }

    /// <summary>Whether the plan was made for this very run; it was not when another process started the run after the plan was made.</summary>
    public bool IsOf(RunIdentity found) => !IsNew && found.ChainFingerprint == runIdentity.ChainFingerprint;

    /// <summary>What a session begins with, given the run's state.</summary>
    /// <param name="state">The run's state; null for a new run.</param>
    /// <param name="engine">Who evaluates.</param>
    public SessionOpening Open(RunState? state, string engine)
    {
        if (state is null)
        {
            return new SessionOpening([new StartRun(runIdentity, ProblemRule(), parts.Platform, engine)]);
        }

        if (state.Status == RunStatus.Failed)
        {
            return SessionOpening.Over(new RunResult(RunOutcome.Failed, state.CommonIteration, state.Reason, null));
        }

        // Whoever stood by takes over what a process left undone, and no decision of the run's user.
        if (Request.StoodBy && state.Status == RunStatus.Paused && !PauseReasons.IsInterruption(state.Reason))
        {
            return PauseReasons.IsOnRequest(state.Reason)
                ? new SessionOpening([]) { Held = true }
                : SessionOpening.Over(new RunResult(RunOutcome.Paused, state.CommonIteration, state.Reason, null));
        }

        var rule = RuleFor(state);
        if (state.Status == RunStatus.Completed && !LeavesWork(state, rule))
        {
            return SessionOpening.Over(new RunResult(RunOutcome.AlreadyCompleted, state.FinalIteration, "", state.Completion));
        }

        var resume = new ResumeRun(parts.Platform, platformDiffers, engine, Version);
        return new SessionOpening(rule == state.StopRule ? [resume] : [new ExtendRun(rule), resume]);
    }

    private static RunPlan New(RunRequest request, RunHostParts parts, TimeProvider clock)
    {
        var problem = request.Problem;
        var given = request.Seed ?? problem.Method.Seed;
        var seed = given ?? parts.DrawSeed();
        var bestFit = MethodFactory.StartsFromBestFit(problem) ? parts.FindBestFit(request, seed) : null;
        var method = parts.MakeMethod(problem, seed, bestFit);
        var identity = new RunIdentity
        {
            Run = request.Run.Name,
            Problem = problem.Name,
            Source = problem.Source,
            CanonicalProblem = problem.CanonicalText,
            ChainFingerprint = problem.ChainFingerprint(seed).Hex,
            Seed = seed,
            SeedFromHost = given is null,
            BestFit = bestFit,
            Method = method.Name,
            MethodVersion = method.Version,
            Ensembles = method.Ensembles,
            Walkers = method.Walkers,
            Dimension = method.Dimension,
            RecordedCount = method.RecordedCount,
            CalibrateVersion = Version,
            StartedAt = clock.GetUtcNow(),
        };
        return new RunPlan(request, parts, method, identity, isNew: true, platformDiffers: false);
    }

    private static RunPlan Existing(RunRequest request, RunHostParts parts, RunStarted started)
    {
        var identity = started.Identity;
        var problem = request.Problem;
        // The seed of a file is that of a new run; `resume` goes on with the run's own.
        var asked = request.Seed ?? (request.Opening == RunOpening.Resume ? null : problem.Method.Seed);
        if (asked is { } seed && seed != identity.Seed)
        {
            throw new RunRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Run '{request.Run}' was started with seed {identity.Seed}, not {seed}. Leave the seed out to go on with it, or give the new run another name (--name)."));
        }

        if (problem.ChainFingerprint(identity.Seed).Hex != identity.ChainFingerprint)
        {
            var differences = ProblemDiff.Between(identity.CanonicalProblem, problem.CanonicalText).Select(change => change.ToString()).ToList();
            throw new ProblemChangedException(
                $"The problem is not the one run '{request.Run}' was started with:{Lines(differences)}\nOnly iterations, stop rule, engine and name may change. Undo the change, or give the new run another name (--name).",
                differences);
        }

        var method = parts.MakeMethod(problem, identity.Seed, identity.BestFit);
        if (method.Name != identity.Method || method.Version != identity.MethodVersion)
        {
            throw new RunRefusedException(
                $"Run '{request.Run}' was sampled with method {identity.Method} version {identity.MethodVersion}; this version of Calibrate has {method.Name} version {method.Version}, which gives another chain. Use Calibrate {identity.CalibrateVersion}, or start a new run.");
        }

        var differs = started.Platform.DifferencesFrom(parts.Platform);
        if (differs.Count > 0 && !request.AcceptPlatform)
        {
            throw new PlatformChangedException(
                $"Run '{request.Run}' was started on a platform whose floating-point results may differ:{Lines(differs)}\nGo on there, or add --accept-platform: the run then continues, but its chain is not promised to be the same as an uninterrupted one's.");
        }

        return new RunPlan(request, parts, method, identity, isNew: false, differs.Count > 0);
    }

    // What the file says now for `run`; what the journal says, with the request's changes, for `resume`.
    private StopRule RuleFor(RunState state) => Request.Opening == RunOpening.StartOrResume
        ? ProblemRule()
        : state.StopRule with { Iterations = Request.Iterations ?? state.StopRule.Iterations };

    private StopRule ProblemRule()
    {
        var stop = Request.Problem.Method.Stop;
        return new StopRule(
            Request.Iterations ?? Request.Problem.Method.Iterations, stop.EffectiveSampleSize, stop.RHat, stop.WallTime);
    }

    private bool LeavesWork(RunState state, StopRule rule)
    {
        var more = rule.Iterations > state.FinalIteration;
        return state.Completion == CompletionReason.WallTime
            ? more && (Request.Opening == RunOpening.Resume || rule != state.StopRule)
            : more && rule != state.StopRule;
    }

    private void RefuseDegenerateStart()
    {
        for (var ensemble = 0; ensemble < Method.Ensembles; ensemble++)
        {
            if (Method.Create(ensemble).Refusal is { } refusal)
            {
                throw new RunRefusedException(refusal);
            }
        }
    }

    /// <summary>Refuses what no engine could do.</summary>
    public static void RefuseWhatMakesNoSense(RunRequest request)
    {
        if (request.Problem.Execution.NeedsProcesses)
        {
            RefuseWhatProcessesCannotBuild(request.Problem);
        }

        if (SlotsOf(request) < 1)
        {
            throw new RunRefusedException($"{SlotsOf(request)} slots cannot evaluate anything: ask for at least 1.");
        }

        if (request.Iterations < 1)
        {
            throw new RunRefusedException($"{request.Iterations} iterations were asked for: at least 1 is needed.");
        }

        if (request is { Iterations: { } iterations, Problem.Method: EnsembleSpecification { WarmUp: { } warmUp } } && iterations <= warmUp)
        {
            throw new RunRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{iterations} iterations were asked for, but the problem leaves out the first {warmUp} as warm-up: ask for more, or lower method.warm_up."));
        }
    }

    /// <summary>Refuses limits that this engine could not keep.</summary>
    public static void RefuseLimits(Problem problem, IEngine engine)
    {
        var execution = problem.Execution;
        var asked = (execution.Timeout, execution.Memory) switch
        {
            (not null, not null) => "timeout and memory limits",
            (not null, null) => "a timeout",
            (null, not null) => "a memory limit",
            _ => null,
        };
        if (asked is not null && !engine.KeepsLimits)
        {
            throw new RunRefusedException(
                $"The problem asks for {asked} of evaluations. The slots of the {engine.Name} engine are threads, and .NET cannot stop a thread: a limit could not be kept. Set execution.isolation to process, or remove the limit.");
        }
    }

    private static void RefuseWhatProcessesCannotBuild(Problem problem)
    {
        try
        {
            ProblemBundle.Of(problem);
        }
        catch (ProblemException exception)
        {
            throw new RunRefusedException(
                $"The problem asks for slots that are processes (execution.isolation, timeout or memory), which build it again from its file. {exception.Message}.");
        }
    }

    // An empty journal is that of a process killed between creating it and its first event: the run is still to be started.
    private static async Task<RunStarted?> ReadStartAsync(IJournal journal, RunId run, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var entry in journal.ReadAsync(run, 1, cancellationToken))
            {
                return RunEventCodec.Decode(entry.Kind, entry.Payload) as RunStarted
                    ?? throw new RunException($"The journal of run '{run}' does not begin with the start of a run.");
            }
        }
        catch (JournalNotFoundException)
        {
            // A new run.
        }

        return null;
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => "\n  " + line));
}

/// <summary>What a session begins with.</summary>
/// <param name="Commands">The first commands to the coordinator.</param>
internal sealed record SessionOpening(IReadOnlyList<RunCommand> Commands)
{
    /// <summary>The result, when there is nothing to do.</summary>
    public RunResult? AlreadyOver { get; private init; }

    /// <summary>Whether the run is paused on request and stays so until somebody asks it to resume.</summary>
    public bool Held { get; init; }

    public static SessionOpening Over(RunResult result) => new([]) { AlreadyOver = result };
}
