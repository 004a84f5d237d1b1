using Calibrate.Inference;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Engines;

/// <summary>
/// The default engine: slots are threads of this process, each with its own likelihood, or child processes where the problem asks for them or
/// for limits. Cheap models run as blocks on the tight kernel; slower ones, and all that have processes, go through the dataflow scheduler.
/// </summary>
public sealed class LocalEngine : IEngine
{
    // Enough to forget the first call's compilation; a slow model is evaluated once.
    private const int MostProbes = 8;
    private const double ProbeSeconds = 0.020;

    // A model on a thread cannot be interrupted; a process that ends does not wait for it.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly int slots;
    private readonly SchedulingKind scheduling;
    private readonly TimeProvider clock;
    private readonly SlotProgram? program;
    private readonly Lock gate = new();
    private volatile ILocalWork? work;
    private string isolation = "";
    private bool disposed;

    /// <summary>Creates the engine; nothing runs yet.</summary>
    /// <param name="slots">Evaluations at the same time, at least 1.</param>
    /// <param name="scheduling">How work is handed out; <see cref="SchedulingKind.Auto"/> measures first.</param>
    /// <param name="clock">Measures evaluations and cuts blocks.</param>
    /// <param name="program">The program of slots that are processes; null for this process's own.</param>
    public LocalEngine(int slots, SchedulingKind scheduling, TimeProvider clock, SlotProgram? program = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentNullException.ThrowIfNull(clock);
        this.slots = slots;
        this.scheduling = scheduling;
        this.clock = clock;
        this.program = program;
    }

    /// <inheritdoc/>
    public string Name => "local";

    /// <inheritdoc/>
    public bool KeepsLimits => true;

    /// <inheritdoc/>
    public Task<EngineReady> PrepareAsync(EngineWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Task.Run(() => Prepare(work, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public void Perform(RunEffect effect)
    {
        var ready = work ?? throw new InvalidOperationException("The engine was given work before it was prepared.");
        if (effect is not AnswersJournaled)
        {
            ready.Perform(effect);
        }
    }

    /// <inheritdoc/>
    public EngineView Look(bool somebodyAsks)
    {
        if (work is not { } now)
        {
            return EngineView.Unknown;
        }

        SlotLoad[] each = [.. now.Gauges.Select(gauge => gauge.Look())];
        var together = each.Aggregate(default(SlotLoad), (sum, slot) => sum + slot);
        return new EngineView(
            [new NodeView(Name, Environment.MachineName, Environment.ProcessId, isolation, each.Length, together, each)], now.Queued, Compared: 0);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            disposed = true;
            work?.TryStop(Patience);
            work = null;
        }

        return ValueTask.CompletedTask;
    }

    private EngineReady Prepare(EngineWork given, CancellationToken cancellationToken)
    {
        var processes = given.Problem.Execution.NeedsProcesses;
        isolation = processes ? "process" : "thread";
        ISlotFactory factory = processes ? ProcessSlotFactory.Of(given.Problem, clock, program) : new ThreadSlotFactory(given.Likelihood);
        var first = factory.Create();
        try
        {
            var probes = Probe(first, given.Probes, cancellationToken, out var speed);
            var mode = processes
                ? scheduling == SchedulingKind.Barrier ? ExecutionMode.Barrier : ExecutionMode.Dataflow
                : ModeChoice.Of(scheduling, slots, given.Method.Ensembles, given.Method.Walkers, speed.Seconds);
            var count = mode == ExecutionMode.Blocks ? Math.Min(slots, given.Method.Ensembles) : slots;
            Begin(() => mode == ExecutionMode.Blocks
                ? new BlockLanes(given.Method, [.. ThreadSlots(first, factory, count)], given.Answers, clock)
                : new DataflowSlots(first, factory, count, probes, given.Answers, clock));
            return new EngineReady(mode, count, speed.Seconds);
        }
        catch
        {
            first.DisposeAsync().AsTask().Wait(CancellationToken.None);
            throw;
        }
    }

    private static IEnumerable<ThreadSlot> ThreadSlots(ISlot first, ISlotFactory factory, int count) =>
        Enumerable.Range(0, count).Select(i => (ThreadSlot)(i == 0 ? first : factory.Create()));

    private void Begin(Func<ILocalWork> make)
    {
        lock (gate)
        {
            // Whoever waited may have given up in the meantime: then no thread must be left behind.
            ObjectDisposedException.ThrowIf(disposed, this);
            work?.TryStop(Patience);
            work = make();
        }
    }

    private List<SettledEvaluation> Probe(
        ISlot slot, IReadOnlyList<EvaluationRequest> probes, CancellationToken cancellationToken, out ProbedSpeed speed)
    {
        List<SettledEvaluation> outcomes = [];
        speed = new ProbedSpeed();
        var begin = clock.GetTimestamp();
        foreach (var probe in probes.Take(MostProbes))
        {
            if (cancellationToken.IsCancellationRequested || (outcomes.Count > 0 && clock.GetElapsedTime(begin).TotalSeconds > ProbeSeconds))
            {
                break;
            }

            var start = clock.GetTimestamp();
            outcomes.AddRange(slot.Evaluate([probe], cancellationToken));
            speed.Note(outcomes[^1].Outcome, clock.GetElapsedTime(start).TotalSeconds);
        }

        return outcomes;
    }
}
