using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Cluster;

/// <summary>What happens to a <c>Fleet</c>, the coordinator's side of a cluster.</summary>
public abstract record FleetInput
{
    private FleetInput()
    {
    }

    /// <summary>The coordinator wants something done.</summary>
    /// <param name="Effect">What.</param>
    public sealed record Wanted(RunEffect Effect) : FleetInput;

    /// <summary>A message arrived.</summary>
    /// <param name="Message">The message.</param>
    public sealed record Arrived(ClusterMessage Message) : FleetInput;

    /// <summary>Bytes arrived that are no message.</summary>
    public sealed record Garbled : FleetInput;

    /// <summary>The transport is there, for the first time or again: what was sent before may be lost.</summary>
    public sealed record Connected : FleetInput;

    /// <summary>The transport is gone; it reconnects by itself.</summary>
    public sealed record Disconnected : FleetInput;

    /// <summary>How the run stands now, for reports.</summary>
    /// <param name="Progress">The run's progress.</param>
    public sealed record Progressed(FleetProgress Progress) : FleetInput;

    /// <summary>Time passed; wanted at least twice per second.</summary>
    public sealed record Passed : FleetInput;
}

/// <summary>How a run stands, as far as a fleet reports it.</summary>
/// <param name="Iteration">Last iteration that all ensembles share.</param>
/// <param name="Iterations">Last iteration of the stop rule.</param>
/// <param name="StepsSettled">Walker steps settled in this session.</param>
/// <param name="StepsLeft">Walker steps left up to the stop rule's last iteration, at most.</param>
/// <param name="UsefulSlots">Most evaluations that were under way or ready at the same time: more slots than that would idle.</param>
/// <param name="InFlight">Evaluations that are out.</param>
/// <param name="Waiting">Evaluations that wait for a slot.</param>
/// <param name="Redispatched">Evaluations handed out again after a loss.</param>
/// <param name="Hedged">Evaluations handed out twice because the first took long.</param>
public sealed record FleetProgress(
    int Iteration, int Iterations, long StepsSettled, long StepsLeft, int UsefulSlots, int InFlight, int Waiting, long Redispatched, long Hedged);

/// <summary>What a <c>Fleet</c> or a <c>WorkerAgent</c> wants done by the shell around it.</summary>
public abstract record FleetOutput
{
    private FleetOutput()
    {
    }

    /// <summary>Send a message.</summary>
    /// <param name="To">Where.</param>
    /// <param name="Message">What.</param>
    public sealed record Send(Destination To, ClusterMessage Message) : FleetOutput;

    /// <summary>Tell the run's coordinator.</summary>
    /// <param name="Command">What.</param>
    public sealed record Tell(RunCommand Command) : FleetOutput;
}
