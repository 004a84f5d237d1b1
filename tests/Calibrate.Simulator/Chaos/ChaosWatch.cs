using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Reading;

namespace Calibrate.Simulator.Chaos;

/// <summary>What must always hold, looked at while a simulation runs and when it is over.</summary>
/// <param name="world">The simulation.</param>
public sealed class ChaosWatch(ChaosWorld world)
{
    private readonly Dictionary<EvaluationId, HashSet<string>> deaths = [];
    private readonly Dictionary<(SessionId Session, EvaluationId Id, ulong Hash), (WorkerId Worker, EvaluationOutcome Outcome)> seen = [];
    private readonly HashSet<(SessionId Session, EvaluationId Id)> contradicted = [];
    private readonly HashSet<(SessionId Session, EvaluationId Id)> asked = [];
    private readonly HashSet<EvaluationId> verdicts = [];

    /// <summary>Evaluations handed to workers so far.</summary>
    public long Dispatches { get; private set; }

    /// <summary>Disagreements that a fleet told of.</summary>
    public int Disagreements { get; private set; }

    /// <summary>Whether an evaluation that kills nobody was judged as if it did: it was under way in too many processes that died for other reasons.</summary>
    public bool IsUnlucky { get; private set; }

    /// <summary>
    /// Whether a worker with other data proved itself, because the model fails at every canary: nothing tells the worker then but its answers, and a
    /// disagreement is what must come of them.
    /// </summary>
    public bool CanariesTellNothing { get; set; }

    /// <summary>Whether a verdict was reached.</summary>
    public bool HasVerdict => verdicts.Count > 0;

    /// <summary>Every evaluation whose outcome the journal has now.</summary>
    public HashSet<EvaluationId> Settled()
    {
        HashSet<EvaluationId> settled = [];
        foreach (var entry in world.Journal.ReadAsync(ChaosWorld.Run).ToBlockingEnumerable())
        {
            if (entry.Kind == (int)RunEventKind.WalkersAdvanced && RunEventCodec.Decode(entry.Kind, entry.Payload) is WalkersAdvanced walkers)
            {
                settled.UnionWith(walkers.Outcomes.Select(outcome => outcome.Id));
            }
        }

        return settled;
    }

    /// <summary>A coordinator hands work out.</summary>
    public void Dispatched(SimulatedCoordinator coordinator, DispatchBatch batch, IReadOnlySet<EvaluationId> settledBefore)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        ArgumentNullException.ThrowIfNull(batch);
        Dispatches += batch.Requests.Count;
        foreach (var request in batch.Requests)
        {
            asked.Add((coordinator.Session, request.Id));
            if (settledBefore.Contains(request.Id))
            {
                throw new ChaosFailedException($"{coordinator.Name} hands out {MessageText.Of([request.Id])}, which the journal had settled before");
            }
        }
    }

    /// <summary>A process died while it evaluated a batch.</summary>
    public void Died(IReadOnlyList<EvaluationRequest> requests, string death)
    {
        ArgumentNullException.ThrowIfNull(requests);
        foreach (var request in requests)
        {
            if (!deaths.TryGetValue(request.Id, out var names))
            {
                deaths[request.Id] = names = new(StringComparer.Ordinal);
            }

            names.Add(death);
        }
    }

    /// <summary>An answer reached a session: two of them that differ must pause the run.</summary>
    public void Arrived(SessionId session, ClusterMessage message)
    {
        if (message is not WorkDone { Return: WorkReturn.None } done || !world.Scenario.HasLiar)
        {
            return;
        }

        foreach (var (settled, hash) in done.Outcomes.Zip(done.ParameterHashes))
        {
            if (settled.Outcome is Evaluated value
                && !seen.TryAdd((session, settled.Id, hash), (done.Worker, value))
                && seen[(session, settled.Id, hash)] is { Outcome: Evaluated first } other
                && other.Worker != done.Worker
                && first.LogLikelihood != value.LogLikelihood)
            {
                contradicted.Add((session, settled.Id));
            }
        }
    }

    /// <summary>A fleet told its coordinator something.</summary>
    public void Told(RunCommand command)
    {
        if (command is ResultsDisagreed)
        {
            Disagreements++;
            Demand(world.Scenario.HasLiar || CanariesTellNothing, "two honest workers are said to disagree");
        }
    }

    /// <summary>A coordinator decided an event.</summary>
    public void Evolved(RunEvent @event)
    {
        if (@event is VerdictReached verdict)
        {
            verdicts.Add(verdict.Id);
            IsUnlucky |= !world.Problem.IsPoisonous(verdict.Parameters);
            Demand(
                world.Problem.IsPoisonous(verdict.Parameters) || world.Disturbances + deaths.GetValueOrDefault(verdict.Id, []).Count >= 3,
                $"{MessageText.Of([verdict.Id])} is judged to kill, but fewer than three processes died");
        }
    }

    /// <summary>Looks at what is left when the run is over.</summary>
    public void Finish(RunState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        CheckJournal();
        CheckQueue();
        switch (state.Status)
        {
            case RunStatus.Completed:
                Demand(state.FinalIteration == world.Scenario.Iterations, $"the run ended at iteration {state.FinalIteration}");

                // A session that lost the run, or died, can no longer journal what it noticed: only the one that finished it has no excuse. And it compares
                // what it asked for: of two late answers about what an earlier session settled, it knows neither the parameters nor the outcome.
                var unheeded = contradicted.Count(found => found.Session.Epoch == world.Files.Find(ChaosWorld.Run)!.Epoch && asked.Contains(found));
                Demand(unheeded == 0, $"{unheeded} evaluations had two results in one session, and the run went on");
                CheckHash();
                break;
            case RunStatus.Paused:
                Demand(
                    ((world.Scenario.HasLiar || CanariesTellNothing) && Disagreements > 0) || (HasVerdict && !world.Scenario.RejectsVerdicts),
                    $"the run paused without a documented reason: {state.Reason}");
                break;
            default:
                Demand(false, $"the run is {state.Status}: {state.Reason}");
                break;
        }
    }

    /// <summary>Ends the simulation as failed unless something holds.</summary>
    public static void Demand(bool holds, string complaint)
    {
        if (!holds)
        {
            throw new ChaosFailedException(complaint);
        }
    }

    // Two batches per slot and a few suspects and hedges, once more for everything that made somebody hand them out again.
    private void CheckQueue()
    {
        var walkers = world.Scenario.Ensembles * world.Scenario.Walkers;
        var outstanding = world.Scenario.Mode == ExecutionMode.Barrier ? walkers : Math.Min(walkers, 4 * world.Scenario.Slots * world.Machines);
        Demand(
            world.Broker.LongestQueue <= 2 * outstanding * (world.Sessions + world.Disturbances + 1),
            $"{world.Broker.LongestQueue} messages waited in a work queue");
    }

    private void CheckJournal()
    {
        var verification = world.Journal.VerifyAsync(ChaosWorld.Run).GetAwaiter().GetResult();
        Demand(verification.Problems.Count == 0, $"the journal is damaged: {string.Join(' ', verification.Problems)}");
        var file = world.Files.Find(ChaosWorld.Run)!;
        foreach (var entry in world.Journal.ReadAsync(ChaosWorld.Run).ToBlockingEnumerable())
        {
            var isStale = file.Epochs.Any(epoch => epoch.Epoch > entry.Epoch && epoch.FirstSequence <= entry.Sequence);
            if (isStale)
            {
                throw new ChaosFailedException($"event {entry.Sequence} was written in epoch {entry.Epoch}, which was over");
            }
        }
    }

    // A lie that nobody computed a second time cannot be noticed, and an evaluation that was judged by accident is rejected for good.
    private void CheckHash()
    {
        var found = RunHash.AtAsync(world.Journal, ChaosWorld.Run).GetAwaiter().GetResult();
        var expected = world.Problem.ReferenceHash(world.Scenario.Iterations);
        Demand(
            found == expected || world.Scenario.HasLiar || (IsUnlucky && world.Scenario.RejectsVerdicts),
            $"the chain is {found[..16]}, the plain kernel's is {expected[..16]}");
    }
}

/// <summary>A simulation in which something does not hold.</summary>
/// <param name="complaint">What.</param>
public sealed class ChaosFailedException(string complaint) : Exception(complaint);
