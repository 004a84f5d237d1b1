using Calibrate.Inference;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Engines;

/// <summary>
/// The default engine: slots are threads of this process, each with its own likelihood. Cheap models run as blocks on the tight kernel;
/// slower ones go through the dataflow scheduler.
/// </summary>
public sealed class LocalEngine : IEngine
{
    // Enough to forget the first call's compilation; a slow model is evaluated once.
    private const int MostProbes = 8;
    private const double ProbeSeconds = 0.020;

    // A model that is being evaluated cannot be interrupted; a process that ends does not wait for it.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly int slots;
    private readonly SchedulingKind scheduling;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private ILocalWork? work;
    private bool disposed;

    /// <summary>Creates the engine; nothing runs yet.</summary>
    /// <param name="slots">Evaluations at the same time, at least 1.</param>
    /// <param name="scheduling">How work is handed out; <see cref="SchedulingKind.Auto"/> measures first.</param>
    /// <param name="clock">Measures evaluations and cuts blocks.</param>
    public LocalEngine(int slots, SchedulingKind scheduling, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentNullException.ThrowIfNull(clock);
        this.slots = slots;
        this.scheduling = scheduling;
        this.clock = clock;
    }

    /// <inheritdoc/>
    public string Name => "local";

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
        var first = new ThreadSlot(given.Likelihood.Create());
        var probes = Probe(first, given.Probes, cancellationToken, out var speed);
        var seconds = speed.Seconds;
        var mode = ModeChoice.Of(scheduling, slots, given.Method.Ensembles, given.Method.Walkers, seconds);
        var threads = mode == ExecutionMode.Blocks ? Math.Min(slots, given.Method.Ensembles) : slots;
        ThreadSlot[] all = [first, .. Enumerable.Range(1, threads - 1).Select(_ => new ThreadSlot(given.Likelihood.Create()))];
        lock (gate)
        {
            // Whoever waited may have given up in the meantime: then no thread must be left behind.
            ObjectDisposedException.ThrowIf(disposed, this);
            work?.TryStop(Patience);
            work = mode == ExecutionMode.Blocks
                ? new BlockLanes(given.Method, all, given.Answers, clock)
                : new DataflowSlots(all, probes, given.Answers, clock);
        }

        return new EngineReady(mode, threads, seconds);
    }

    private List<SettledEvaluation> Probe(
        ThreadSlot slot, IReadOnlyList<EvaluationRequest> probes, CancellationToken cancellationToken, out ProbedSpeed speed)
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
            outcomes.AddRange(slot.Evaluate([probe]));
            speed.Note(outcomes[^1].Outcome, clock.GetElapsedTime(start).TotalSeconds);
        }

        return outcomes;
    }
}
