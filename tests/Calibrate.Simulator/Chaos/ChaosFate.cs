using Calibrate.Simulator.Journals;
using Calibrate.Simulator.Messaging;

namespace Calibrate.Simulator.Chaos;

/// <summary>Lets things go wrong, one after the other, until there were enough; from then on nothing does, so that the run must come to its end.</summary>
/// <param name="world">The simulation.</param>
public sealed class ChaosFate(ChaosWorld world)
{
    private double meanInterval;

    /// <summary>Faults so far.</summary>
    public int Struck { get; private set; }

    /// <summary>Whether nothing goes wrong any more.</summary>
    public bool IsOver { get; private set; }

    private ChaosScenario Scenario => world.Scenario;

    /// <summary>Begins.</summary>
    public void Begin()
    {
        if (Scenario.Faults.Count == 0 || Scenario.FaultCount == 0)
        {
            IsOver = true;
            return;
        }

        // Over as long as the undisturbed run would take, so that faults meet it at work.
        var steps = (double)Scenario.Ensembles * Scenario.Walkers * Scenario.Iterations;
        var seconds = 1 + (steps * ((Scenario.Median * 2) + 0.002) / (Scenario.Slots * Scenario.Workers.Count));
        meanInterval = seconds / Scenario.FaultCount;
        world.Files.FaultOf = _ => !IsOver && world.Random.Chance(Scenario.DiskFault)
            ? world.Random.Pick(DiskFault.LoseWrite, DiskFault.LoseAcknowledgement, DiskFault.KillBefore, DiskFault.KillAfter)
            : DiskFault.None;
        if (world.Random.Chance(0.5))
        {
            world.Broker.Weather = Scenario.BadWeather;
        }

        Next();
    }

    private void Next() => world.Time.After(world.Random.Exponential(meanInterval), () =>
    {
        if (Struck >= Scenario.FaultCount)
        {
            IsOver = true;
            world.Broker.Weather = NetworkWeather.Fine;
            world.Log("fate: nothing goes wrong any more");
            return;
        }

        Struck++;
        var fault = Scenario.Faults[world.Random.Below(Scenario.Faults.Count)];
        world.Log($"fate: {fault}");
        Strike(fault);
        Next();
    });

    private void Strike(ChaosFault fault)
    {
        var random = world.Random;
        switch (fault)
        {
            case ChaosFault.KillWorker:
                AnyWorker()?.Kill(silently: random.Chance(0.3));
                break;
            case ChaosFault.StopWorker:
                AnyWorker()?.Stop();
                break;
            case ChaosFault.FreezeWorker:
                world.Disturbances++;
                AnyWorker()?.Freeze(random.Exponential(10));
                break;
            case ChaosFault.JumpWorkerClock:
                AnyWorker()?.JumpClock(random.Exponential(20));
                break;
            case ChaosFault.AddWorker:
                world.AddWorker(random.Pick(WorkerKind.ProcessSlots, WorkerKind.ThreadSlots));
                break;
            case ChaosFault.KillCoordinator:
                AnyCoordinator()?.Kill(silently: random.Chance(0.3));
                break;
            case ChaosFault.CutPower:
                world.Coordinators.ToList().ForEach(coordinator => coordinator.Kill(silently: true));
                world.Files.CutPower(random);
                break;
            case ChaosFault.TakeOver:
                world.StartCoordinator(takeover: true);
                break;
            case ChaosFault.FreezeCoordinator:
                AnyCoordinator()?.Freeze(random.Exponential(10));
                break;
            case ChaosFault.JumpCoordinatorClock:
                AnyCoordinator()?.JumpClock(random.Exponential(20));
                break;
            case ChaosFault.PauseRun:
                AnyCoordinator()?.Pause();
                break;
            default:
                StrikeNetwork(fault);
                break;
        }
    }

    private void StrikeNetwork(ChaosFault fault)
    {
        var random = world.Random;
        world.Disturbances++;
        switch (fault)
        {
            case ChaosFault.LoseConnection when AnyClient() is { } client:
                world.Broker.Lose(client, "reset by peer");
                break;
            case ChaosFault.Partition when AnyClient() is { } client:
                world.Broker.Partition(client, random.Exponential(6));
                break;
            case ChaosFault.RestartBroker:
                world.Disturbances += world.Workers.Count;
                world.Broker.Restart(random.Exponential(3));
                break;
            case ChaosFault.ChangeWeather:
                world.Broker.Weather = world.Broker.Weather == NetworkWeather.Fine ? Scenario.BadWeather : NetworkWeather.Fine;
                break;
        }
    }

    private SimulatedWorker? AnyWorker() => world.Workers.Count == 0 ? null : world.Workers[world.Random.Below(world.Workers.Count)];

    private SimulatedCoordinator? AnyCoordinator() =>
        world.Coordinators.Count == 0 ? null : world.Coordinators[world.Random.Below(world.Coordinators.Count)];

    private IBrokerClient? AnyClient() => world.Broker.Clients.Count == 0 ? null : world.Broker.Clients[world.Random.Below(world.Broker.Clients.Count)];
}
