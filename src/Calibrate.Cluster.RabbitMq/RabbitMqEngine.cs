using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Problems.Files;
using Calibrate.Problems.Methods;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;

namespace Calibrate.Cluster.RabbitMq;

/// <summary>The engine whose slots are on other machines: hands work to workers over a RabbitMQ broker. A shell around a <see cref="Fleet"/>.</summary>
public sealed class RabbitMqEngine : IEngine
{
    private readonly BrokerSettings broker;
    private readonly string build = BuildIdentity.Current;
    private readonly TimeProvider clock;
    private readonly Action<string> log;
    private FleetActor? actor;

    /// <summary>Creates the engine; nothing is connected yet.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="clock">Measures time.</param>
    /// <param name="log">Takes lines for the operator: lost and found connections, refused workers.</param>
    public RabbitMqEngine(BrokerSettings broker, TimeProvider clock, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(broker);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(log);
        this.broker = broker;
        this.clock = clock;
        this.log = log;
    }

    /// <inheritdoc/>
    public string Name => "rabbitmq";

    /// <inheritdoc/>
    public bool KeepsLimits => true;

    /// <inheritdoc/>
    /// <exception cref="BrokerException">The broker cannot be reached or refuses this client.</exception>
    /// <exception cref="RunException">The problem cannot be taken to workers.</exception>
    public async Task<EngineReady> PrepareAsync(EngineWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var offer = OfferOf(work);
        ClusterCodec.Encode(offer); // refused here and now, if it is too large
        if (work.Method.RecordedCount > ClusterCodec.MostRecorded)
        {
            throw new RunRefusedException(
                $"The problem records {work.Method.RecordedCount} outputs per evaluation; over a broker it can be {ClusterCodec.MostRecorded} at most. Record fewer, or use --engine local.");
        }

        var settings = new FleetSettings(
            offer, work.CanaryReference, work.Problem.Name, work.Problem.Method.Iterations, work.Method.RecordedCount);
        actor = new FleetActor(settings, work.Answers, broker, clock, log);
        await actor.OpenAsync(cancellationToken);
        log($"Waiting for workers: start some with `calibrate worker --broker {broker.Address}`.");
        return new EngineReady(
            work.Problem.Execution.Scheduling == SchedulingKind.Barrier ? ExecutionMode.Barrier : ExecutionMode.Dataflow, Slots: 0, SecondsPerEvaluation: 0);
    }

    /// <inheritdoc/>
    public void Perform(RunEffect effect)
    {
        var ready = actor ?? throw new InvalidOperationException("The engine was given work before it was prepared.");
        ready.Post(new FleetInput.Wanted(effect));
    }

    /// <inheritdoc/>
    public void Report(FleetProgress progress) => actor?.Post(new FleetInput.Progressed(progress));

    /// <inheritdoc/>
    public EngineView Look(bool somebodyAsks) => actor?.Look(somebodyAsks) ?? EngineView.Unknown;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (actor is { } running)
        {
            actor = null;
            await running.DisposeAsync();
        }
    }

    private Offer OfferOf(EngineWork work)
    {
        var limits = ClusterModel.LimitsOf(work.Problem);
        if (limits.Timeout > BrokerTopology.LongestEvaluation)
        {
            throw new RunRefusedException(
                $"execution.timeout is {limits.Timeout}; over a broker it can be {BrokerTopology.LongestEvaluation.TotalHours} hours at most, because the broker takes work back that is not acknowledged in time. Lower it, or use --engine local.");
        }

        return new Offer(
            work.Session,
            ClusterModel.Of(work.Problem, build),
            ProblemBundle.Of(work.Problem),
            HostPlatform.Current,
            build,
            Canaries.Of(work.Problem),
            limits);
    }
}
