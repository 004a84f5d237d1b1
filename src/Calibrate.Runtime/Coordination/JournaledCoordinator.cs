using Calibrate.Inference;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Coordination;

/// <summary>
/// A coordinator with its journal: decides, appends, and only then lets effects out. The whole of a run's safety is in this order, so
/// hosts and tests alike drive runs through this class.
/// </summary>
public sealed class JournaledCoordinator
{
    /// <summary>A snapshot is due after this much payload: 64 MiB.</summary>
    public const long SnapshotBytes = 64 << 20;

    /// <summary>A snapshot is due after this many events.</summary>
    public const int SnapshotEvents = 2048;

    private readonly Coordinator coordinator;
    private readonly IMethod method;
    private readonly IJournalWriter writer;
    private readonly PayloadBuffers buffers = new();
    private long bytesSinceSnapshot;
    private int eventsSinceSnapshot;

    /// <summary>Takes a run over.</summary>
    /// <param name="method">The run's method.</param>
    /// <param name="folded">The fold of everything the journal holds; null when it is empty.</param>
    /// <param name="writer">The run's writer.</param>
    /// <param name="verdicts">What is done about evaluations that exceed a limit; null for <see cref="VerdictRules.Default"/>.</param>
    public JournaledCoordinator(IMethod method, RunState? folded, IJournalWriter writer, VerdictRules? verdicts = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        this.method = method;
        this.writer = writer;
        coordinator = new Coordinator(method, folded, verdicts);
    }

    /// <inheritdoc cref="Coordinator.Evolved"/>
    public Action<RunEvent, RunState>? Evolved
    {
        get => coordinator.Evolved;
        set => coordinator.Evolved = value;
    }

    /// <summary>The run's state.</summary>
    public RunState State => coordinator.State;

    /// <summary>Whether the run is being driven.</summary>
    public bool IsActive => coordinator.IsActive;

    /// <summary>How work is handed out; null until the engine is ready.</summary>
    public ExecutionMode? Mode => coordinator.Mode;

    /// <inheritdoc cref="Coordinator.IsStopping"/>
    public bool IsStopping => coordinator.IsStopping;

    /// <inheritdoc cref="Coordinator.BatchesInFlight"/>
    public int BatchesInFlight => coordinator.BatchesInFlight;

    /// <inheritdoc cref="Coordinator.SecondsPerEvaluation"/>
    public double SecondsPerEvaluation => coordinator.SecondsPerEvaluation;

    /// <inheritdoc cref="Coordinator.Fare"/>
    public FleetProgress Fare() => coordinator.Fare();

    /// <summary>Handles commands and journals what was decided, in one transaction.</summary>
    /// <param name="commands">The commands, in order.</param>
    /// <param name="now">Active time of the run in seconds.</param>
    /// <param name="cancellationToken">Looked at before anything is written.</param>
    /// <returns>What is to be done now.</returns>
    /// <exception cref="JournalException">Nothing of it is certain to be stored: this coordinator must not be used any more.</exception>
    public async Task<IReadOnlyList<RunEffect>> StepAsync(
        IReadOnlyList<RunCommand> commands, double now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commands);
        List<JournalEvent> decided = [];
        var durable = false;
        var bytes = 0L;
        try
        {
            foreach (var command in DisagreementsFirst(commands))
            {
                foreach (var @event in coordinator.Handle(command, now))
                {
                    var encoded = RunEventCodec.Encode(@event, buffers);
                    decided.Add(encoded);
                    bytes += encoded.Payload.Length;
                    durable |= @event is not WalkersAdvanced;
                }
            }

            if (decided.Count > 0)
            {
                await writer.AppendAsync(decided, durable, cancellationToken);
            }
        }
        finally
        {
            buffers.Return();
        }

        eventsSinceSnapshot += decided.Count;
        bytesSinceSnapshot += bytes;
        if (eventsSinceSnapshot >= SnapshotEvents || bytesSinceSnapshot >= SnapshotBytes)
        {
            await SaveSnapshotAsync(cancellationToken);
        }

        return coordinator.Plan(now);
    }

    // Answers may complete the run, which takes no notice of anything from then on: a disagreement that came with them must pause it before.
    private static IEnumerable<RunCommand> DisagreementsFirst(IReadOnlyList<RunCommand> commands)
    {
        var answered = 0;
        while (answered < commands.Count && commands[answered] is not EvaluationsReturned)
        {
            answered++;
        }

        return answered == commands.Count
            ? commands
            : commands.Take(answered).Concat(commands.Skip(answered).OrderBy(command => command is ResultsDisagreed ? 0 : 1));
    }

    /// <summary>Stores the folded state, so that the next resume reads only what comes after it.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task SaveSnapshotAsync(CancellationToken cancellationToken = default)
    {
        if (eventsSinceSnapshot == 0)
        {
            return;
        }

        await writer.SaveSnapshotAsync(RunSnapshotCodec.Write(State, method), cancellationToken);
        (eventsSinceSnapshot, bytesSinceSnapshot) = (0, 0);
    }
}
